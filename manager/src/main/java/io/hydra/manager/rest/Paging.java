package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import io.hydra.wire.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts ordered lists into pages. A cursor is the key of the last item, so that a list may change
 * between two pages.
 */
final class Paging {
  private static final int MAX_LIMIT = 1000;

  private Paging() {}

  /**
   * @param items ordered by {@code key}
   * @throws HydraException {@code INVALID_REQUEST} for a limit outside 1 to 1000 or a cursor that
   *     is not ours
   */
  static <T> Page<T> page(
      List<T> items, Function<T, String> key, Optional<String> cursor, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + MAX_LIMIT);
    }
    var after = cursor.map(Paging::decode);
    var rest =
        items.stream()
            .filter(item -> after.isEmpty() || key.apply(item).compareTo(after.get()) > 0)
            .limit(limit + 1L)
            .toList();
    if (rest.size() <= limit) {
      return new Page<>(rest, Optional.empty());
    }
    var page = rest.subList(0, limit);
    return new Page<>(page, Optional.of(encode(key.apply(page.getLast()))));
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the cursor '%s' is not one of ours".formatted(Printable.of(cursor)),
          e);
    }
  }
}
