package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.S3Config;
import io.hydra.docto.fakes.HostileS3;
import io.hydra.docto.fakes.HostileS3.Kind;
import io.hydra.docto.s3.S3;
import io.hydra.docto.s3.S3Address;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import io.hydra.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way of bytes from a hostile server into staging: right bytes, or a clear failure. */
@DisabledIfSystemProperty(
    named = "hydra.programs",
    matches = "native",
    disabledReason = "it starts no program")
class HostileS3IT {
  private static final int RUNS = 100;
  private static final int AT_ONCE = 10;
  private static final int MOST_FILE_BYTES = 15_000;

  private static Authority authority;
  private static Authority.Issued certificate;

  /** One for all: each lets go of its buffers some time later. */
  private final Fetcher fetcher = new Fetcher(new Patient());

  private final Path directory;

  HostileS3IT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    certificate = authority.server("server");
  }

  @ParameterizedTest
  @EnumSource
  void givenPlainHttpThenRightBytesOrAClearFailure(Kind kind) throws Exception {
    try (var hostile = new HostileS3();
        var s3 = new S3(settings(hostile.server().url()), new Patient(), () -> {})) {
      judge(kind, outcomes(kind, hostile, s3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenTlsThenRightBytesOrAClearFailure(Kind kind) throws Exception {
    try (var hostile = new HostileS3();
        var front = new TlsFront(hostile.server().port(), authority.context(certificate), false);
        var s3 = new S3(settings(front.url()), new Patient(), () -> {})) {
      judge(kind, outcomes(kind, hostile, s3));
    }
  }

  /** Empty where all arrived. */
  private List<Optional<FetchException>> outcomes(Kind kind, HostileS3 hostile, S3 s3)
      throws Exception {
    var outcomes = new ArrayList<Optional<FetchException>>();
    try (var workers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      var runs = new ArrayList<Future<Optional<FetchException>>>();
      for (int seed = 0; seed < RUNS; seed++) {
        long own = seed;
        runs.add(workers.submit(() -> run(kind, own, hostile, s3)));
      }
      for (var run : runs) {
        outcomes.add(run.get());
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("neither right bytes nor a clear failure", failed.getCause());
    }
    return outcomes;
  }

  private static void judge(Kind kind, List<Optional<FetchException>> outcomes) {
    for (var outcome : outcomes) {
      outcome.ifPresent(
          failure -> assertThat(failure.getMessage()).as(failure.toString()).contains("file-"));
    }
    var failures = outcomes.stream().flatMap(Optional::stream).toList();
    if (kind == Kind.CHANGES) {
      assertThat(failures).isNotEmpty();
      assertThat(failures).extracting(FetchException::reason).containsOnly(Cause.CHANGED);
      return;
    }
    if (kind == Kind.WRONG_LENGTHS || kind == Kind.CHUNKS) {
      // What lies about the object's size or the range is not asked again.
      assertThat(failures).hasSizeLessThan(RUNS);
      return;
    }
    assertThat(failures).as("what passes is to be waited out").hasSizeLessThan(RUNS / 10);
  }

  private Optional<FetchException> run(Kind kind, long seed, HostileS3 hostile, S3 s3)
      throws IOException, InterruptedException {
    var files = files(seed);
    var bucket = "run-" + seed;
    hostile.add(bucket, kind, seed, files);
    var manifest =
        new Manifest(
            files.entrySet().stream()
                .map(
                    file ->
                        new ManifestFile(
                            file.getKey(),
                            file.getValue().length,
                            "etag",
                            Optional.empty(),
                            List.of()))
                .toList());
    var layout = new NodeLayout(directory.resolve(bucket), Optional.empty());
    try (var staged = new StagingArea(layout, new Patient()).open(manifest.digest(), manifest)) {
      fetcher.fetch(staged, s3.source(new S3Address(bucket, "")), new Deaf(), () -> 0);
      fetcher.prove(staged);
      files.forEach(
          (name, bytes) -> assertThat(staged.path().resolve(name)).hasBinaryContent(bytes));
      return Optional.empty();
    } catch (FetchException clear) {
      return Optional.of(clear);
    } catch (HydraException impossible) {
      throw new AssertionError("what was received was not what is on the disk", impossible);
    }
  }

  private static Map<String, byte[]> files(long seed) {
    var random = new Random(seed);
    var files = new TreeMap<String, byte[]>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      var bytes = new byte[1 + random.nextInt(MOST_FILE_BYTES)];
      random.nextBytes(bytes);
      files.put("file-" + i, bytes);
    }
    return files;
  }

  private static S3Config settings(URI endpoint) {
    return new S3Config() {
      @Override
      public Optional<URI> endpoint() {
        return Optional.of(endpoint);
      }

      @Override
      public String region() {
        return "us-east-1";
      }

      @Override
      public Optional<Boolean> pathStyle() {
        return Optional.empty();
      }

      @Override
      public Optional<String> accessKey() {
        return Optional.of("id");
      }

      @Override
      public Optional<String> secretKey() {
        return Optional.of("secret");
      }

      @Override
      public TlsFiles tls() {
        return new OneAuthority(endpoint.getScheme().equals("https"));
      }
    };
  }

  private record OneAuthority(boolean used) implements TlsFiles {
    @Override
    public Optional<Path> caFile() {
      return used ? Optional.of(authority.file()) : Optional.empty();
    }

    @Override
    public Optional<Path> certificateFile() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> keyFile() {
      return Optional.empty();
    }
  }

  private static final class Deaf implements FetchListener {
    private final AtomicInteger retries = new AtomicInteger();

    @Override
    public void received(long bytes) {}

    @Override
    public void retried(Cause cause) {
      retries.incrementAndGet();
    }
  }

  /** Many small parts and many attempts in a short time. */
  private static final class Patient implements FetchConfig {
    @Override
    public ByteSize partSize() {
      return new ByteSize(4096);
    }

    @Override
    public int parallel() {
      return 2 * AT_ONCE;
    }

    @Override
    public int parallelMax() {
      return 2 * AT_ONCE;
    }

    @Override
    public PageCache pageCache() {
      return PageCache.USE;
    }

    @Override
    public Http http() {
      return Http.OWN;
    }

    @Override
    public int datasets() {
      return 2;
    }

    @Override
    public Optional<ByteSize> bytesPerSecond() {
      return Optional.empty();
    }

    @Override
    public Optional<ByteSize> datasetBytesPerSecond() {
      return Optional.empty();
    }

    @Override
    public int attempts() {
      return 12;
    }

    @Override
    public int retryBudget() {
      return 100;
    }

    @Override
    public Duration stallTimeout() {
      return Duration.ofMillis(300);
    }

    @Override
    public Duration backoffFirst() {
      return Duration.ofMillis(1);
    }

    @Override
    public Duration backoffMax() {
      return Duration.ofMillis(20);
    }

    @Override
    public Duration retryFirst() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration retryMax() {
      return Duration.ofSeconds(1);
    }
  }
}
