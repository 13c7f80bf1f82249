package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.http.Headers;
import io.hydra.docto.source.FetchException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;

class RedirectsTest {
  private static final ObjectRange RANGE =
      new ObjectRange("data", "a b/c", "etag", 0, 5, 20, Optional.of("v/1"));
  private static final ErrorBody NOTHING = new ErrorBody("");

  private Buckets buckets =
      new Buckets(S3Utilities.builder().region(Region.US_EAST_1).build(), "us-east-1");

  @Test
  void givenABucketThenItsAddressIsTheSdksAndTheKeyIsEncodedOnce() throws FetchException {
    var target = buckets.target(RANGE);

    assertThat(target.origin()).hasToString("https://data.s3.amazonaws.com");
    assertThat(target.text()).isEqualTo("/a%20b/c?versionId=v%2F1");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400})
  void givenAnotherRegionThenItIsLearntForTheBucket(int status) throws FetchException {
    var next =
        redirects()
            .next(
                RANGE,
                buckets.target(RANGE),
                status,
                headers("x-amz-bucket-region", "eu-central-1"),
                NOTHING)
            .orElseThrow();

    assertThat(next.origin()).hasToString("https://data.s3.eu-central-1.amazonaws.com");
    assertThat(next.region()).isEqualTo("eu-central-1");
    assertThat(buckets.target(RANGE)).isEqualTo(next);
    assertThat(
            buckets.target(new ObjectRange("other", "k", "e", 0, 1, 1, Optional.empty())).region())
        .isEqualTo("us-east-1");
  }

  @Test
  void givenAMalformedAuthorizationThenItsRegionIsTaken() throws FetchException {
    var error =
        new ErrorBody(
            "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>");

    assertThat(redirects().next(RANGE, buckets.target(RANGE), 400, headers(), error).orElseThrow())
        .extracting(Target::region)
        .isEqualTo("eu-west-1");
  }

  @Test
  void givenTheSameRegionOrNoneOrNoRegionAtAllThenThereIsNowhereToGo() throws FetchException {
    var from = buckets.target(RANGE);

    assertThat(
            redirects()
                .next(RANGE, from, 301, headers("x-amz-bucket-region", "us-east-1"), NOTHING))
        .isEmpty();
    assertThat(redirects().next(RANGE, from, 307, headers(), NOTHING)).isEmpty();
    assertThat(
            redirects()
                .next(RANGE, from, 301, headers("x-amz-bucket-region", "x.evil.test/#"), NOTHING))
        .isEmpty();
    assertThat(
            redirects()
                .next(RANGE, from, 403, headers("x-amz-bucket-region", "eu-west-1"), NOTHING))
        .isEmpty();
  }

  @Test
  void givenATemporaryHostOfAmazonsThenItIsAskedOnceAndNotLearnt() throws FetchException {
    var from = buckets.target(RANGE);
    var next =
        redirects()
            .next(
                RANGE,
                from,
                307,
                headers("location", "https://data.s3-gztb4pa9sq.amazonaws.com/a%20b/c?rk=e2&a"),
                NOTHING)
            .orElseThrow();

    assertThat(next.origin()).hasToString("https://data.s3-gztb4pa9sq.amazonaws.com");
    assertThat(next.text()).isEqualTo("/a%20b/c?a=&rk=e2");
    assertThat(buckets.target(RANGE)).isEqualTo(from);
  }

  @Test
  void givenAnEndpointInTheDocumentThenItIsAsked() throws FetchException {
    var error = new ErrorBody("<Endpoint>data.s3-us-west-2.amazonaws.com</Endpoint>");

    assertThat(redirects().next(RANGE, buckets.target(RANGE), 301, headers(), error).orElseThrow())
        .hasToString(
            "Target[origin=https://data.s3-us-west-2.amazonaws.com, region=us-east-1,"
                + " path=/a%20b/c, query=versionId=v%2F1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://data.s3-us-west-2.amazonaws.com/x",
        "https://data.s3-us-west-2.amazonaws.com:8443/x",
        "https://evil.test/x",
        "https://amazonaws.com.evil.test/x",
        "https://s3-evil.us-east-1.elb.amazonaws.com/x",
        "https://ec2-1-2-3-4.compute-1.amazonaws.com/x",
        "https://169.254.169.254/latest/meta-data",
        "//evil.test/x",
        "ftp://data.s3.amazonaws.com/x"
      })
  void givenAHostThatMayNotBeAskedThenItIsNot(String location) throws FetchException {
    var from = buckets.target(RANGE);

    assertThatThrownBy(
            () -> redirects().next(RANGE, from, 307, headers("location", location), NOTHING))
        .isInstanceOf(FetchException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://s3.test:9000/other/path, true",
    "/other/path, true",
    "http://node.s3.test:9000/other, true",
    "http://127.0.0.1:9000/other, false",
    "http://s3.test/other, false",
  })
  void givenAServerOfOnesOwnThenOnlyItAndWhatIsBelowIt(String location, boolean allowed)
      throws FetchException {
    var utilities =
        S3Utilities.builder()
            .region(Region.US_EAST_1)
            .endpoint(URI.create("http://s3.test:9000"))
            .s3Configuration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
    buckets = new Buckets(utilities, "us-east-1");
    var from = buckets.target(RANGE);

    if (allowed) {
      assertThat(redirects().next(RANGE, from, 302, headers("location", location), NOTHING))
          .isPresent();
      return;
    }
    assertThatThrownBy(
            () -> redirects().next(RANGE, from, 302, headers("location", location), NOTHING))
        .hasMessageContaining("may not be asked");
  }

  private Redirects redirects() {
    return new Redirects(buckets);
  }

  private static Headers headers(String... fields) {
    return new Headers(
        fields.length == 0 ? List.of() : List.of(new Headers.Field(fields[0], fields[1])));
  }
}
