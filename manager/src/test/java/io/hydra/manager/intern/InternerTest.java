package io.hydra.manager.intern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InternerTest {
  private final Interner<Name> interner = new Interner<>();

  private record Name(String value) {}

  @Test
  void givenEqualObjects_thenTheFirstStandsForAll() {
    var first = new Name("a");

    assertThat(interner.one(first)).isSameAs(first);
    assertThat(interner.one(new Name("a"))).isSameAs(first);
    assertThat(interner.one(new Name("b"))).isEqualTo(new Name("b"));
    assertThat(interner.size()).isEqualTo(2);
  }

  @Test
  void givenAnObjectThatNobodyUses_thenItIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      interner.one(new Name("n" + i));
    }
    var used = interner.one(new Name("used"));

    await()
        .until(
            () -> {
              System.gc();
              return interner.size() == 1;
            });
    assertThat(interner.one(new Name("used"))).isSameAs(used);
  }

  @Test
  void givenManyAtATime_thenAllGetTheSame() throws Exception {
    var calls = new ArrayList<Callable<List<Name>>>();
    for (int i = 0; i < 4; i++) {
      calls.add(
          () -> {
            var mine = new ArrayList<Name>();
            for (int n = 0; n < 5000; n++) {
              mine.add(interner.one(new Name("n" + n)));
            }
            return mine;
          });
    }
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      var answers = threads.invokeAll(calls);
      var first = answers.getFirst().get();
      for (var answer : answers) {
        for (int n = 0; n < first.size(); n++) {
          assertThat(answer.get().get(n)).isSameAs(first.get(n));
        }
      }
    }
  }
}
