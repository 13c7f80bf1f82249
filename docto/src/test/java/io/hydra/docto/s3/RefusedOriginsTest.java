package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hydra.docto.http.HttpClient;
import io.hydra.docto.http.OriginCheck;
import io.hydra.docto.http.Proxies;
import io.hydra.docto.http.TimeLimits;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An endpoint that leads to metadata is no passing fault, by either way. */
class RefusedOriginsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Proxies NO_PROXIES = new Proxies(Map.of());
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
  private static final ObjectRange RANGE =
      new ObjectRange("data", "key", "etag", 0, 5, 20, Optional.empty());

  @AutoClose
  private final HttpClient http =
      new HttpClient(new TimeLimits(LIMIT, LIMIT, LIMIT, LIMIT), NO_PROXIES, Optional.empty());

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254", "http://[fd00:ec2::254]", "http://0.0.0.0:1"})
  void givenARefusedAddressThenTheOwnClientDenies(String endpoint) {
    try (var s3 = s3(endpoint)) {
      assertDenied(
          new OwnRanges(
              http,
              new Requests(CREDENTIALS, new SigV4("s3")),
              new Buckets(s3.utilities(), "us-east-1"),
              new SigningClock(Clock.systemUTC()),
              _ -> Optional.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254", "http://[fd00:ec2::254]", "http://0.0.0.0:1"})
  void givenARefusedAddressThenTheSdkDenies(String endpoint) {
    try (var s3 = s3(endpoint)) {
      assertDenied(new SdkRanges(s3, _ -> Optional.empty()));
    }
  }

  @Test
  void givenNobodyAtAnAllowedAddressThenItIsAPassingFault() {
    try (var s3 = s3("http://127.0.0.1:1")) {
      assertThat(failure(new SdkRanges(s3, _ -> Optional.empty())).reason()).isEqualTo(Cause.RESET);
    }
  }

  private static void assertDenied(RangeReader ranges) {
    var failure = failure(ranges);
    assertThat(failure.reason()).isEqualTo(Cause.DENIED);
    assertThat(failure).hasMessageContaining("from which nothing is fetched");
  }

  private static FetchException failure(RangeReader ranges) {
    return catchThrowableOfType(FetchException.class, () -> ranges.get(RANGE));
  }

  private static S3Client s3(String endpoint) {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            o ->
                o.retryStrategy(AwsRetryStrategy.doNotRetry())
                    .addExecutionInterceptor(
                        new OriginInterceptor(new OriginCheck(NO_PROXIES, LIMIT))))
        .build();
  }
}
