package io.hydra.docto.s3;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An answer that is an error or a redirect.
 *
 * @param code of S3, such as {@code AccessDenied}
 * @param message of S3, for people
 * @param retryAfter how long the server asks to be left alone
 */
record Refusal(
    int status, Optional<String> code, Optional<String> message, Optional<Duration> retryAfter) {
  private static final int MOST_SHOWN = 200;

  FetchException exception(ObjectRange range) {
    return new FetchException(
        reason(),
        "%s answers with HTTP status %d%s".formatted(range.name(), status, why()),
        retryAfter);
  }

  private Cause reason() {
    if (status == 429 || status == 503) {
      return Cause.THROTTLED;
    }
    if (status >= 500) {
      return Cause.SERVER_ERROR;
    }
    // S3 found the request too slow in coming.
    if (status == 408 || code.equals(Optional.of("RequestTimeout"))) {
      return Cause.RESET;
    }
    return switch (status) {
      case 412, 416 -> Cause.CHANGED;
      case 404 -> Cause.MISSING;
      case 401, 403 -> Cause.DENIED;
      default -> Cause.UNEXPECTED;
    };
  }

  private String why() {
    if (reason() == Cause.CHANGED) {
      return ": it is not what was published";
    }
    if (code.equals(Optional.of("RequestTimeTooSkewed"))) {
      return ": this node's clock and that of S3 differ by more than a quarter of an hour";
    }
    if (status == 407) {
      return ": the proxy wants other credentials";
    }
    return code.map(it -> " (" + shown(it + message.map(m -> ": " + m).orElse("")) + ")")
        .orElse("");
  }

  private static String shown(String text) {
    var printable = text.replaceAll("\\p{Cntrl}+", " ");
    return printable.length() <= MOST_SHOWN ? printable : printable.substring(0, MOST_SHOWN) + "…";
  }

  /**
   * @param field value of Retry-After: seconds or a date (RFC 9110, section 10.2.3)
   */
  static Optional<Duration> retryAfter(Optional<String> field, Instant now) {
    return field.flatMap(
        value -> {
          if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
          }
          return date(value).map(then -> Duration.between(now, then)).filter(Duration::isPositive);
        });
  }

  /** A date as HTTP has it, in the one form that is still written. */
  static Optional<Instant> date(String value) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
