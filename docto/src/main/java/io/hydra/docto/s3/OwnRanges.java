package io.hydra.docto.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hydra.docto.http.Headers;
import io.hydra.docto.http.HttpClient;
import io.hydra.docto.http.RefusedAddress;
import io.hydra.docto.http.Response;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** By Hydra's own HTTP client. */
final class OwnRanges implements RangeReader {
  /** To the right region, once more where that moves, and once for the clock. */
  private static final int MOST_TRIES = 4;

  private static final int MOST_ERROR_BYTES = 16 * 1024;

  private final HttpClient http;
  private final Requests requests;
  private final Buckets buckets;
  private final Redirects redirects;
  private final SigningClock clock;
  private final Function<Throwable, Optional<String>> why;

  /**
   * @param why TLS failed, where it did
   */
  OwnRanges(
      HttpClient http,
      Requests requests,
      Buckets buckets,
      SigningClock clock,
      Function<Throwable, Optional<String>> why) {
    this.http = http;
    this.requests = requests;
    this.buckets = buckets;
    this.redirects = new Redirects(buckets);
    this.clock = clock;
    this.why = why;
  }

  @Override
  public Source.Body get(ObjectRange range) throws FetchException {
    var target = buckets.target(range);
    for (int i = 0; i < MOST_TRIES; i++) {
      var now = clock.now();
      var response = send(range, target, now);
      if (response.status() / 100 == 2) {
        return accepted(range, response);
      }
      var error = error(response);
      var refusal = refusal(response, error);
      if (!isClockAdjusted(refusal, now, response.headers())) {
        target =
            redirects
                .next(range, target, response.status(), response.headers(), error)
                .orElseThrow(() -> refusal.exception(range));
      }
    }
    throw new FetchException(
        Cause.UNEXPECTED, "%s is sent from one place to another".formatted(range.name()));
  }

  private Response send(ObjectRange range, Target target, Instant now) throws FetchException {
    try {
      return http.get(requests.of(range, target, now));
    } catch (IllegalArgumentException unspeakable) {
      throw new FetchException(
          Cause.UNEXPECTED,
          "%s cannot be asked for: %s".formatted(range.name(), unspeakable.getMessage()),
          unspeakable);
    } catch (RefusedAddress refused) {
      throw new FetchException(
          Cause.DENIED, "%s: %s".formatted(range.name(), refused.getMessage()), refused);
    } catch (IOException | SdkException broken) {
      throw new FetchException(
          broken instanceof SocketTimeoutException ? Cause.STALLED : Cause.RESET,
          "%s: %s".formatted(range.name(), why.apply(broken).orElseGet(broken::getMessage)),
          broken);
    }
  }

  private static Source.Body accepted(ObjectRange range, Response response) throws FetchException {
    try {
      Acceptance.check(
          range,
          response.status(),
          response.headers().first("content-range"),
          response.length(),
          response.headers().first("etag"));
      return new OwnBody(response, range.length());
    } catch (FetchException refused) {
      response.close();
      throw refused;
    }
  }

  /** As much of it as there is; it is not what was asked for in any case. */
  private static ErrorBody error(Response response) {
    try (response) {
      return new ErrorBody(new String(response.readSoon(MOST_ERROR_BYTES), UTF_8));
    }
  }

  private static Refusal refusal(Response response, ErrorBody error) {
    return new Refusal(
        response.status(),
        error.code(),
        error.message(),
        Refusal.retryAfter(response.headers().first("retry-after"), Instant.now()));
  }

  private boolean isClockAdjusted(Refusal refusal, Instant signed, Headers headers) {
    return refusal.code().equals(Optional.of("RequestTimeTooSkewed"))
        && headers
            .first("date")
            .flatMap(Refusal::date)
            .filter(server -> clock.adjust(signed, server))
            .isPresent();
  }
}
