package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON may leave out what a record's type promises; this is where the promise is made true. */
final class Required {
  private Required() {}

  /**
   * @throws HydraException {@code INVALID_REQUEST}
   */
  static <T> T body(@Nullable T body) {
    if (body == null) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "the request needs a JSON body");
    }
    return body;
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} naming the field
   */
  static <T> T field(String name, @Nullable T value) {
    if (value == null) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "the body lacks '%s'".formatted(name), Map.of("field", name));
    }
    return value;
  }
}
