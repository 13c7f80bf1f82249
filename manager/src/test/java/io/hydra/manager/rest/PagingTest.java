package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @Property
  void theRowOfPagesGivesEachItemOnceInOrder(
      @ForAll Set<String> keys, @ForAll @IntRange(min = 1, max = 20) int limit) {
    var items = List.copyOf(new TreeSet<>(keys.stream().filter(k -> encodable(k)).toList()));
    var seen = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<String> page = Paging.page(items, Function.identity(), cursor, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(seen).isEqualTo(items);
  }

  /** Keys are names, and names hold no halves of surrogate pairs. */
  private static boolean encodable(String key) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(key);
  }

  @Test
  void givenTheItemOfACursorIsGoneThenThePageGoesOnBehindIt() {
    var first = Paging.page(List.of("a", "b", "c"), Function.identity(), Optional.empty(), 2);

    var second = Paging.page(List.of("a", "c"), Function.identity(), first.next(), 2);

    assertThat(second.items()).containsExactly("c");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1001})
  void givenALimitOutsideTheRangeThenRefused(int limit) {
    assertRefused(() -> Paging.page(List.of("a"), Function.identity(), Optional.empty(), limit));
  }

  @Test
  void givenACursorOfSomebodyElseThenRefused() {
    var cursor = Optional.of("not base64!");

    assertRefused(() -> Paging.page(List.of("a"), Function.identity(), cursor, 1));
    assertThatThrownBy(() -> Paging.page(List.of("a"), Function.identity(), cursor, 1))
        .hasMessageContaining("'not base64!'");
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
  }
}
