package io.hydra.docto.s3;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.S3Config;
import io.hydra.docto.http.HttpClient;
import io.hydra.docto.http.OriginCheck;
import io.hydra.docto.http.Proxies;
import io.hydra.docto.http.TimeLimits;
import io.hydra.docto.source.Source;
import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import java.time.Clock;
import java.time.Duration;
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

/**
 * The one S3 that this node reads: Hydra's own HTTP client for objects; the AWS SDK for
 * credentials, for the addresses of buckets, and for what the own client does not understand.
 */
public final class S3 implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final S3Config config;
  private final FetchConfig fetch;
  private final FallbackListener fallbacks;
  private final ClientTls files;
  private final Optional<Tls> tls;
  private @Nullable RangeReader reader;
  private @Nullable S3Client client;
  private @Nullable HttpClient http;

  /**
   * @throws io.hydra.tls.TlsRefusal where a file of TLS cannot be used
   */
  public S3(S3Config config, FetchConfig fetch, FallbackListener fallbacks) {
    this.config = config;
    this.fetch = fetch;
    this.fallbacks = fallbacks;
    this.files = ClientTls.of("hydra.s3.tls", config.tls());
    this.tls = files.toS3(config.endpoint());
  }

  /** Files of a dataset. */
  public Source source(S3Address address) {
    return new S3Source(reader(), address);
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.close();
    }
    if (client != null) {
      client.close();
    }
  }

  /** Made when it is first needed: an idle node need not hold one. */
  private synchronized RangeReader reader() {
    var made = reader;
    if (made == null) {
      made = read();
      reader = made;
    }
    return made;
  }

  private RangeReader read() {
    var credentials = credentials();
    var sdk = sdk(credentials);
    client = sdk;
    var bySdk = new SdkRanges(sdk, files::why);
    return switch (fetch.http()) {
      case SDK -> bySdk;
      case OWN -> new FallbackRanges(own(sdk, credentials), bySdk, fallbacks, System::nanoTime);
    };
  }

  private RangeReader own(S3Client sdk, AwsCredentialsProvider credentials) {
    var limits = new TimeLimits(CONNECT, HANDSHAKE, fetch.stallTimeout(), fetch.stallTimeout());
    var client = new HttpClient(limits, new Proxies(System.getenv()), tls);
    http = client;
    return new OwnRanges(
        client,
        new Requests(credentials, new SigV4("s3")),
        new Buckets(sdk.utilities(), config.region()),
        new SigningClock(Clock.systemUTC()),
        files::why);
  }

  private S3Client sdk(AwsCredentialsProvider credentials) {
    var connections =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(fetch.stallTimeout());
    tls.ifPresent(
        secure ->
            connections
                .tlsTrustManagersProvider(secure::trustManagers)
                .tlsKeyManagersProvider(secure::keyManagers));
    var builder =
        S3Client.builder()
            .httpClientBuilder(connections)
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle().orElse(config.endpoint().isPresent()))
            .credentialsProvider(credentials)
            // Ranges have no checksum of their own; whole files are proven after the fetch.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // There is one place that retries, and it is not here.
            .overrideConfiguration(
                o ->
                    o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(
                            new OriginInterceptor(
                                new OriginCheck(new Proxies(System.getenv()), CONNECT))));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get()));
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
