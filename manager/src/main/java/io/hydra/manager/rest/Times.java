package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in queries, in ISO 8601 with an offset. */
final class Times {
  private Times() {}

  /**
   * @param name of the parameter
   * @throws HydraException {@code INVALID_REQUEST} naming it
   */
  static Instant instant(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "%s '%s' must be a time such as 2026-03-29T01:30:00+01:00"
              .formatted(name, Printable.of(text)),
          unreadable);
    }
  }
}
