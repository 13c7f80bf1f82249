package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
  private static final ObjectRange PART =
      new ObjectRange("b", "k", "etag", 10, 5, 20, Optional.empty());
  private static final ObjectRange WHOLE =
      new ObjectRange("b", "k", "etag", 0, 20, 20, Optional.empty());

  @Test
  void givenExactlyTheRangeThenItIsAccepted() {
    assertThatCode(check(PART, 206, "bytes 10-14/20", OptionalLong.of(5), "\"etag\""))
        .doesNotThrowAnyException();
    assertThatCode(check(PART, 206, "bytes 10-14/20", OptionalLong.empty(), null))
        .doesNotThrowAnyException();
    assertThatCode(check(WHOLE, 200, null, OptionalLong.of(20), "W/\"etag\""))
        .doesNotThrowAnyException();
    assertThatCode(check(WHOLE, 206, "bytes 0-19/20", OptionalLong.of(20), "etag"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "206, bytes 10-14/21, 5, etag, CHANGED",
    "206, bytes 10-15/20, 5, etag, CHANGED",
    "206, bytes 10-14/*, 5, etag, CHANGED",
    "206, , 5, etag, UNEXPECTED",
    "200, , 20, etag, UNEXPECTED",
    "200, , 5, etag, UNEXPECTED",
    "204, , 5, etag, UNEXPECTED",
    "206, bytes 10-14/20, 6, etag, CHANGED",
    "206, bytes 10-14/20, 4, etag, CHANGED",
    "206, bytes 10-14/20, 5, another, CHANGED",
  })
  void givenAnythingElseThenItIsRefused(
      int status, String range, long length, String etag, Cause reason) {
    assertThatThrownBy(check(PART, status, range, OptionalLong.of(length), etag))
        .isInstanceOfSatisfying(
            FetchException.class,
            refused ->
                org.assertj.core.api.Assertions.assertThat(refused.reason()).isEqualTo(reason));
  }

  private static ThrowingCallable check(
      ObjectRange range,
      int status,
      @org.jspecify.annotations.Nullable String contentRange,
      OptionalLong length,
      @org.jspecify.annotations.Nullable String etag) {
    return () ->
        Acceptance.check(
            range, status, Optional.ofNullable(contentRange), length, Optional.ofNullable(etag));
  }
}
