package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.fakes.RawServer;
import io.hydra.docto.http.HttpClient;
import io.hydra.docto.http.Proxies;
import io.hydra.docto.http.TimeLimits;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;

/** The own way against servers of raw bytes, and who is asked where it does not understand. */
class FallbackRangesTest {
  private static final ObjectRange RANGE =
      new ObjectRange("b", "k", "etag", 0, 2, 2, Optional.empty());
  private static final String OK =
      "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/2\r\nContent-Length: 2\r\n\r\nok";
  private static final String CHUNKED =
      OK.replace("Content-Length: 2\r\n\r\nok", "Transfer-Encoding: chunked\r\n\r\n");
  private static final String EMPTY = "\r\nContent-Length: 0\r\n\r\n";
  private static final String FOLDED = OK.replace("\r\n\r\n", "\r\nA: b\r\n folded\r\n\r\n");

  private final HttpClient http =
      new HttpClient(
          new TimeLimits(
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              Duration.ofSeconds(5)),
          new Proxies(Map.of()),
          Optional.empty());
  private final SdkInstead sdk = new SdkInstead();
  private final AtomicInteger fallbacks = new AtomicInteger();
  private long nanos;

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void givenAnAnswerThatIsUnderstoodThenNobodyElseIsAsked() throws Exception {
    try (var server = RawServer.answering(OK)) {
      assertThat(text(reader(server).get(RANGE))).isEqualTo("ok");
      assertThat(sdk.asked).isZero();
      assertThat(server.requests().getFirst())
          .startsWith("GET /b/k HTTP/1.1\r\n")
          .contains("\r\nrange: bytes=0-1\r\n")
          .contains("\r\nif-match: \"etag\"\r\n")
          .contains("\r\nauthorization: AWS4-HMAC-SHA256 Credential=id/")
          .contains("SignedHeaders=host;if-match;range;x-amz-content-sha256;x-amz-date,")
          .contains("\r\naccept-encoding: identity\r\n");
    }
  }

  @Test
  void givenAMalformedAnswerThenTheSdkIsAskedAndGoesOnForAWhile() throws Exception {
    try (var server = RawServer.answering(FOLDED)) {
      var reader = reader(server);
      assertThat(text(reader.get(RANGE))).isEqualTo("by the sdk");
      assertThat(text(reader.get(RANGE))).isEqualTo("by the sdk");
      assertThat(server.requests()).hasSize(1);
      assertThat(fallbacks).hasValue(1);

      nanos += FallbackRanges.REST.toNanos();
      assertThat(text(reader.get(RANGE))).isEqualTo("by the sdk");
      assertThat(server.requests()).hasSize(2);
      assertThat(fallbacks).hasValue(2);
    }
  }

  @Test
  void givenAMalformedBodyThenTheNextAttemptIsTheSdks() throws Exception {
    try (var server = RawServer.answering(CHUNKED + "x")) {
      var reader = reader(server);
      try (var body = reader.get(RANGE)) {
        assertThatThrownBy(() -> body.read(ByteBuffer.allocate(2))).isInstanceOf(IOException.class);
      }
      assertThat(text(reader.get(RANGE))).isEqualTo("by the sdk");
      assertThat(fallbacks).hasValue(1);
    }
  }

  @Test
  void givenAnAmbiguousAnswerOrAnErrorThenTheSdkIsNotAsked() {
    try (var ambiguous =
            RawServer.answering(OK.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var error = RawServer.answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")) {
      assertThatThrownBy(() -> reader(ambiguous).get(RANGE))
          .hasMessageContaining("both Transfer-Encoding and Content-Length");
      assertThatThrownBy(() -> reader(error).get(RANGE)).hasMessageContaining("HTTP status 500");
      assertThat(sdk.asked).isZero();
    }
  }

  @Test
  void givenABodyOfUnknownLengthThatIsTooLongThenItIsNotAccepted() throws Exception {
    try (var server = RawServer.answering(CHUNKED + "2\r\nok\r\n1\r\n!\r\n0\r\n\r\n")) {
      try (var body = reader(server).get(RANGE)) {
        assertThatThrownBy(() -> body.read(ByteBuffer.allocate(2)))
            .hasMessage("the answer is longer than the range that was asked for");
      }
    }
  }

  @Test
  void givenAClockThatIsWrongThenThatOfTheServerIsTakenOver() throws Exception {
    var server = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    var date =
        java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
            server.atOffset(ZoneOffset.UTC));
    try (var s3 =
        new RawServer(
            talk -> {
              for (int i = 0; i < 3; i++) {
                var request = talk.request();
                var body = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
                talk.send(
                    request.contains("x-amz-date: " + SigV4.time(server).substring(0, 13))
                        ? OK
                        : "HTTP/1.1 403 Forbidden\r\nDate: %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(date, body.length(), body));
              }
            })) {
      var reader = reader(s3);
      assertThat(text(reader.get(RANGE))).isEqualTo("ok");
      assertThat(text(reader.get(RANGE))).isEqualTo("ok");
      assertThat(s3.requests()).hasSize(3);
    }
  }

  @Test
  void givenPartsThatAreAskedForAtATimeThenTheClockIsTakenOverForAllOfThem() {
    var clock = new SigningClock(Clock.systemUTC());
    var signed = clock.now();
    var server = signed.plus(20, ChronoUnit.MINUTES);

    assertThat(clock.adjust(signed, server)).isTrue();
    assertThat(clock.adjust(signed, server)).isTrue();
    assertThat(clock.adjust(clock.now(), server)).isFalse();
    assertThat(clock.now()).isBetween(server, server.plusSeconds(59));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models--usw2-az1--x-s3",
        "point--ol-s3",
        "point--op-s3",
        "point.mrap",
        "arn:aws:s3:eu-west-1:1:accesspoint/a"
      })
  void givenABucketThatWantsAnotherKindOfSignatureThenTheSdkIsAsked(String bucket)
      throws Exception {
    try (var server = RawServer.answering(OK)) {
      var range = new ObjectRange(bucket, "k", "etag", 0, 2, 2, Optional.empty());

      assertThat(text(reader(server).get(range))).isEqualTo("by the sdk");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void givenRedirectsWithoutEndThenItIsGivenUp() {
    var number = new AtomicInteger();
    try (var server =
        new RawServer(
            talk -> {
              while (!talk.request().isEmpty()) {
                talk.send(
                    "HTTP/1.1 307 Elsewhere\r\nLocation: /b/%d\r\nContent-Length: 0\r\n\r\n"
                        .formatted(number.incrementAndGet()));
              }
            })) {
      assertThatThrownBy(() -> reader(server).get(RANGE))
          .hasMessageContaining("is sent from one place to another");
      assertThat(number).hasValue(4);
    }
  }

  @Test
  void givenAnotherRegionThenTheRequestIsSignedForIt() throws Exception {
    try (var server =
        new RawServer(
            talk -> {
              for (var request = talk.request(); !request.isEmpty(); request = talk.request()) {
                talk.send(
                    request.contains("/eu-west-1/s3/aws4_request")
                        ? OK
                        : "HTTP/1.1 301 Moved\r\nx-amz-bucket-region: eu-west-1" + EMPTY);
              }
            })) {
      var reader = reader(server);
      assertThat(text(reader.get(RANGE))).isEqualTo("ok");
      assertThat(text(reader.get(RANGE))).isEqualTo("ok");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void givenASessionThenItsTokenIsSentAndSigned() throws Exception {
    try (var server = RawServer.answering(OK)) {
      var requests =
          new Requests(
              StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "s", "token")),
              new SigV4("s3"));
      text(own(server, requests).get(RANGE));
      assertThat(server.requests().getFirst())
          .contains("\r\nx-amz-security-token: token\r\n")
          .contains("x-amz-date;x-amz-security-token,");
    }
  }

  private RangeReader reader(RawServer server) {
    var requests =
        new Requests(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
            new SigV4("s3"));
    return new FallbackRanges(own(server, requests), sdk, fallbacks::incrementAndGet, () -> nanos);
  }

  private OwnRanges own(RawServer server, Requests requests) {
    var utilities =
        S3Utilities.builder()
            .region(Region.US_EAST_1)
            .endpoint(URI.create(server.url().toString()))
            .s3Configuration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
    return new OwnRanges(
        http,
        requests,
        new Buckets(utilities, "us-east-1"),
        new SigningClock(Clock.systemUTC()),
        _ -> Optional.empty());
  }

  private static String text(Source.Body body) throws IOException {
    try (body) {
      var into = ByteBuffer.allocate(100);
      while (body.read(into) >= 0) {
        // All of it.
      }
      return new String(into.array(), 0, into.position(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static final class SdkInstead implements RangeReader {
    private int asked;

    @Override
    public Source.Body get(ObjectRange range) throws FetchException {
      asked++;
      var content = ByteBuffer.wrap("by the sdk".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return new Source.Body() {
        @Override
        public int read(ByteBuffer into) {
          int length = content.remaining();
          into.put(content);
          return length == 0 ? -1 : length;
        }

        @Override
        public boolean countsInPart() {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }
}
