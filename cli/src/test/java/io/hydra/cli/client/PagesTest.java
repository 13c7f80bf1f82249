package io.hydra.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void allPagesAreReadInOrder() {
    var all =
        Pages.all(
            cursor ->
                cursor.isEmpty()
                    ? new Page<>(List.of(1, 2), Optional.of("two"))
                    : new Page<>(List.of(3), Optional.empty()));

    assertThat(all).isEqualTo(new Page<>(List.of(1, 2, 3), Optional.empty()));
  }

  @Test
  void aServerThatRepeatsItsCursorDoesNotKeepUsForEver() {
    var all = Pages.all(cursor -> new Page<>(List.of(1), Optional.of("again")));

    assertThat(all.items()).containsExactly(1, 1);
  }
}
