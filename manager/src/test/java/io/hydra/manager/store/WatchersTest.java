package io.hydra.manager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchersTest {
  private static final String BAD = "n/050-bad";

  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private volatile boolean mended;

  private void take(Set<String> keys) {
    if (keys.contains(BAD) && !mended) {
      throw new IllegalStateException("it cannot be read, on purpose");
    }
    taken.addAll(keys);
  }

  private static Set<String> keys() {
    var keys = IntStream.range(0, 100).mapToObj("n/%03d"::formatted).collect(Collectors.toSet());
    keys.add(BAD);
    return keys;
  }

  @Test
  void givenAKeyThatAListenerCannotTakeThenItTakesAllOthersAndIsNotBehind() {
    try (var watchers = new Watchers(Duration.ofDays(1));
        var _ = watchers.add("n/", this::take)) {
      watchers.touched(keys());

      await().until(() -> taken.size() == 100);
      assertThatCode(() -> watchers.awaitTold(10_000)).doesNotThrowAnyException();
      watchers.touched(Set.of("n/next"));
      await().until(() -> taken.contains("n/next"));
      assertThat(taken).doesNotContain(BAD);
    }
  }

  @Test
  void givenAKeyThatAListenerCouldNotTakeThenItIsToldAgain() {
    try (var watchers = new Watchers(Duration.ofMillis(10));
        var _ = watchers.add("n/", this::take)) {
      watchers.touched(keys());
      await().until(() -> taken.size() == 100);

      mended = true;

      await().until(() -> taken.contains(BAD));
    }
  }
}
