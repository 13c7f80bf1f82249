package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelIdTest {
  private static final List<String> PARTS = List.of("a", "a-b", "a0", "ab", "b", "a-b-c");

  @Test
  void givenAnyTwo_whenCompared_thenTheOrderIsThatOfTheirTexts() {
    var all = new ArrayList<ChannelId>();
    for (var env : PARTS) {
      for (var namespace : PARTS) {
        PARTS.forEach(name -> all.add(new ChannelId(env, namespace, name)));
      }
    }

    for (var left : all) {
      for (var right : all) {
        assertThat(Integer.signum(left.compareTo(right)))
            .isEqualTo(Integer.signum(left.toString().compareTo(right.toString())));
      }
    }
  }
}
