package io.hydra.docto.fetch;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.S3Config;
import io.hydra.docto.config.SourcesConfig;
import io.hydra.docto.fetch.FetchException.Cause;
import io.hydra.model.InlineFile;
import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Finds the source that a dataset's address names, if this node may read it. */
@Singleton
public class Sources implements AutoCloseable {
  private static final String FILE = "file://";
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final SourcesConfig allowed;
  private final S3Config config;
  private final FetchConfig fetch;
  private final ClientTls files;
  private final Optional<Tls> tls;
  private @Nullable S3Client client;

  Sources(SourcesConfig allowed, S3Config s3, FetchConfig fetch) {
    this.allowed = allowed;
    this.config = s3;
    this.fetch = fetch;
    this.files = ClientTls.of("hydra.s3.tls", s3.tls());
    this.tls = files.toS3(s3.endpoint());
  }

  /**
   * @param source {@code s3://bucket/key}, {@code file:///path}, where a prefix ends in '/', or
   *     {@link InlineFile#SOURCE}
   * @throws FetchException {@code DENIED} where the node's rules forbid it
   */
  public Source of(String source) throws FetchException {
    if (source.equals(InlineFile.SOURCE)) {
      return new InlineSource();
    }
    if (source.startsWith(FILE)) {
      return new FileSource(
          Path.of(source.substring(FILE.length())).normalize(),
          source.endsWith("/"),
          allowed.fileRoots().orElse(List.of()));
    }
    var address = S3Address.parse(source);
    var buckets = allowed.allowedBuckets();
    if (!buckets.contains("*") && !buckets.contains(address.bucket())) {
      throw new FetchException(
          Cause.DENIED,
          "bucket '%s' is not in hydra.sources.allowed-buckets".formatted(address.bucket()));
    }
    return new S3Source(s3(), address, files);
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  /** Made when it is first needed: an idle node need not hold one. */
  private synchronized S3Client s3() {
    var made = client;
    if (made == null) {
      made = client(config, fetch, tls);
      client = made;
    }
    return made;
  }

  private static S3Client client(S3Config config, FetchConfig fetch, Optional<Tls> tls) {
    var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(fetch.stallTimeout());
    tls.ifPresent(
        secure ->
            http.tlsTrustManagersProvider(secure::trustManagers)
                .tlsKeyManagersProvider(secure::keyManagers));
    var builder =
        S3Client.builder()
            .httpClientBuilder(http)
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle().orElse(config.endpoint().isPresent()))
            .credentialsProvider(credentials(config))
            // Ranges have no checksum of their own; whole files are proven after the fetch.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // There is one place that retries, and it is not here.
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get()));
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
