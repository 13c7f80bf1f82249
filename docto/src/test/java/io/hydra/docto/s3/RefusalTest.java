package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.source.FetchException.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static final ObjectRange RANGE =
      new ObjectRange("b", "k", "etag", 0, 5, 20, Optional.empty());
  private static final Instant NOW = Instant.parse("2026-11-29T18:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, THROTTLED",
    "429, TooManyRequests, THROTTLED",
    "500, InternalError, SERVER_ERROR",
    "502, , SERVER_ERROR",
    "400, RequestTimeout, RESET",
    "408, , RESET",
    "404, NoSuchKey, MISSING",
    "403, AccessDenied, DENIED",
    "401, , DENIED",
    "412, PreconditionFailed, CHANGED",
    "416, InvalidRange, CHANGED",
    "400, InvalidArgument, UNEXPECTED",
    "301, PermanentRedirect, UNEXPECTED",
  })
  void givenAnErrorThenWhatItMeans(int status, String code, Cause reason) {
    var refusal =
        new Refusal(status, Optional.ofNullable(code), Optional.empty(), Optional.empty());

    assertThat(refusal.exception(RANGE).reason()).isEqualTo(reason);
    assertThat(refusal.exception(RANGE))
        .hasMessageStartingWith("s3://b/k answers with HTTP status " + status);
  }

  @Test
  void givenWordsOfTheServerThenTheyAreToldInOneShortLine() {
    var refusal =
        new Refusal(
            503, Optional.of("SlowDown"), Optional.of("a\nb" + "x".repeat(500)), Optional.empty());

    assertThat(refusal.exception(RANGE).getMessage())
        .contains("(SlowDown: a b")
        .doesNotContain("\n")
        .hasSizeLessThan(300);
  }

  @Test
  void givenASkewedClockThenThatIsSaid() {
    var refusal =
        new Refusal(403, Optional.of("RequestTimeTooSkewed"), Optional.empty(), Optional.empty());

    assertThat(refusal.exception(RANGE)).hasMessageContaining("clock");
  }

  @Test
  void givenRetryAfterThenItIsSecondsOrADate() {
    assertThat(Refusal.retryAfter(Optional.of("7"), NOW)).contains(Duration.ofSeconds(7));
    assertThat(Refusal.retryAfter(Optional.of("Sun, 29 Nov 2026 18:00:09 GMT"), NOW))
        .contains(Duration.ofSeconds(9));
    assertThat(Refusal.retryAfter(Optional.of("Sun, 29 Nov 2026 17:00:00 GMT"), NOW)).isEmpty();
    assertThat(Refusal.retryAfter(Optional.of("soon"), NOW)).isEmpty();
    assertThat(Refusal.retryAfter(Optional.of("-1"), NOW)).isEmpty();
    assertThat(Refusal.retryAfter(Optional.empty(), NOW)).isEmpty();
  }

  @Test
  void givenTheDocumentOfAnErrorThenItsElements() {
    var error =
        new ErrorBody(
            "<?xml version=\"1.0\"?>\n<Error><Code>AuthorizationHeaderMalformed</Code>"
                + "<Message>the region 'us-east-1' is wrong</Message><Region>eu-west-1</Region></Error>");

    assertThat(error.code()).contains("AuthorizationHeaderMalformed");
    assertThat(error.message()).contains("the region 'us-east-1' is wrong");
    assertThat(error.region()).contains("eu-west-1");
    assertThat(error.endpoint()).isEmpty();
    assertThat(new ErrorBody("<html><Code>").code()).isEmpty();
  }
}
