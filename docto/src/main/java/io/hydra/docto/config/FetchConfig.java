package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How data is fetched. */
@ConfigMapping(prefix = "hydra.fetch")
public interface FetchConfig {
  /** Size of the ranges that a file is fetched in; what a killed agent may have to fetch again. */
  @WithDefault("8MiB")
  ByteSize partSize();

  /**
   * Parts that are fetched at once, of all datasets together, to begin with. There are more while
   * that makes fetching faster, and fewer while a source throttles.
   */
  @WithDefault("4")
  int parallel();

  /** Parts that are fetched at once, at most. */
  @WithDefault("128")
  int parallelMax();

  /**
   * Whether fetched data stays in memory as the kernel's copy of files ({@code use}) or goes past
   * it to the disk ({@code bypass}) where the file system can: then a fetch does not push out what
   * is being served.
   */
  @WithDefault("bypass")
  PageCache pageCache();

  /**
   * What brings objects of S3: Hydra's own HTTP client ({@code own}), which asks the AWS SDK for
   * what it does not understand, or only the AWS SDK ({@code sdk}), which costs more processor
   * time.
   */
  @WithDefault("own")
  Http http();

  /** Datasets that are fetched at once. */
  @WithDefault("2")
  int datasets();

  /** Bytes that come a second, at most, of all datasets together. Default: no cap. */
  Optional<ByteSize> bytesPerSecond();

  /** Bytes that come a second, at most, of each dataset. Default: no cap. */
  Optional<ByteSize> datasetBytesPerSecond();

  /** Attempts for one part before its dataset waits and tries again later. */
  @WithDefault("6")
  int attempts();

  /**
   * Attempts beyond the first that the parts of one dataset may make together before the dataset
   * waits. Each part that arrives gives some of that back: one where it took several attempts, a
   * fifth of one where it took a single one.
   */
  @WithDefault("100")
  int retryBudget();

  /** After how long without a byte a connection is given up. */
  @WithDefault("30s")
  Duration stallTimeout();

  /** First delay between attempts for one part; it doubles, with full jitter. */
  @WithDefault("100ms")
  Duration backoffFirst();

  /** Longest delay between attempts for one part. */
  @WithDefault("5s")
  Duration backoffMax();

  /** First delay before a dataset that failed is tried again; it doubles. */
  @WithDefault("1s")
  Duration retryFirst();

  /** Longest delay before a dataset that failed is tried again. */
  @WithDefault("60s")
  Duration retryMax();

  /** By whom S3 is spoken to. */
  enum Http {
    OWN,
    SDK
  }

  /** How what is fetched comes to the disk. */
  enum PageCache {
    BYPASS,
    USE
  }
}
