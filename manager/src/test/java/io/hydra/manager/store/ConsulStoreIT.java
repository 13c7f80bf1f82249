package io.hydra.manager.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.manager.store.consul.ConsulStore;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Link;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what holds besides while Consul is paused, killed and started again. */
class ConsulStoreIT extends ChannelStoreContract {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Vertx vertx;
  private static ConsulServer consul;

  private final String prefix = "test/" + UUID.randomUUID();

  @BeforeAll
  static void startConsul(@TempDir Path directory) {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    vertx = Vertx.vertx();
    consul = ConsulServer.start(program.orElseThrow(), directory);
  }

  @AfterAll
  static void stopConsul() {
    if (consul != null) {
      consul.close();
      vertx.close();
    }
  }

  @Override
  ChannelStore open() {
    return ConsulStore.open(settings(), vertx);
  }

  private ConsulSettings settings() {
    return ConsulSettings.of(consul.url(), prefix).patience(Duration.ofSeconds(2));
  }

  @Test
  void givenTwoStoresThenEachTellsWhatTheOtherHasCommitted() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var one = open();
        var other = open();
        var _ = other.watch("n/", told::addAll)) {
      long revision = commit(one, new Operation.Put("n/1", new byte[0]));
      await().untilAsserted(() -> assertThat(told).containsExactly("n/1"));
      told.clear();
      commit(one, new Operation.DeleteIf("n/1", revision));
      await().untilAsserted(() -> assertThat(told).containsExactly("n/1"));
    }
  }

  @Test
  void givenWritersInTwoStoresThenNoIncrementIsLostAndNoConflictIsFalse() throws Exception {
    try (var one = open();
        var other = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() -> IntStream.range(0, 50).forEach(i -> writeAlone(one, "a" + i)));
      var second =
          threads.submit(() -> IntStream.range(0, 50).forEach(i -> writeAlone(other, "b" + i)));
      first.get();
      second.get();
      assertThat(one.keys("")).hasSize(100);
    }
  }

  private static void writeAlone(ChannelStore store, String key) {
    commit(store, new Operation.PutIf(key, new byte[0], 0));
  }

  @Test
  void givenMoreCommitsThanTheLogHoldsWhileNobodyFollowedThenEverythingIsTold() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var link = new Link(consul.url().getPort());
        var one = open();
        var slow = ConsulStore.open(settings(link), vertx)) {
      long doomed = commit(one, new Operation.Put("n/doomed", new byte[0]));
      var restored = new AtomicInteger();
      slow.onRestored(restored::incrementAndGet);
      try (var _ = slow.watch("n/", told::addAll)) {
        // Else it might follow a part of them.
        awaitFollowing(one, slow);
        link.cut();
        told.clear();
        commit(one, new Operation.DeleteIf("n/doomed", doomed));
        IntStream.range(0, 200)
            .forEach(i -> commit(one, new Operation.Put("n/" + i, "x".getBytes(UTF_8))));
        assertThat(told).isEmpty();
        link.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(told).hasSize(201));
        assertThat(told).contains("n/doomed");
        assertThat(restored).hasValue(0);
      }
    }
  }

  private ConsulSettings settings(Link link) {
    return ConsulSettings.of(link.url(), prefix).patience(Duration.ofSeconds(2));
  }

  /** Its query waits. */
  private static void awaitFollowing(ChannelStore one, ChannelStore other) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var _ = other.watch("following", told::addAll)) {
      commit(one, new Operation.Put("following", new byte[0]));
      await().atMost(LONG).until(() -> !told.isEmpty());
    }
  }

  @Test
  void givenConsulIsRestoredThenEverythingIsToldAndItIsSaid(@TempDir Path directory) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    var restored = new AtomicInteger();
    var snapshot = directory.resolve("snapshot");
    try (var store = open();
        var _ = store.watch("n/", told::addAll)) {
      store.onRestored(restored::incrementAndGet);
      commit(store, new Operation.Put("n/kept", "1".getBytes(UTF_8)));
      consul.saveSnapshot(snapshot);
      commit(store, new Operation.Put("n/kept", "2".getBytes(UTF_8)));
      commit(store, new Operation.Put("n/lost", new byte[0]));
      store.catchUp();
      told.clear();

      consul.restoreSnapshot(snapshot);

      await().atMost(LONG).untilAsserted(() -> assertThat(told).contains("n/kept", "n/lost"));
      assertThat(restored).hasValue(1);
      assertThat(store.get("n/kept").map(Entry::value)).contains("1".getBytes(UTF_8));
      told.clear();
      commit(store, new Operation.Put("n/new", new byte[0]));
      await().untilAsserted(() -> assertThat(told).containsExactly("n/new"));
      assertThat(restored).hasValue(1);
    }
  }

  /** However many commits were made meanwhile. */
  @Test
  void givenConsulIsRestoredAndWrittenWhileOneIsCutOffThenThatOneFindsOut(@TempDir Path directory) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    var restored = new AtomicInteger();
    var snapshot = directory.resolve("snapshot");
    try (var link = new Link(consul.url().getPort());
        var one = open();
        var cut = ConsulStore.open(settings(link), vertx);
        var _ = cut.watch("n/", told::addAll)) {
      cut.onRestored(restored::incrementAndGet);
      consul.saveSnapshot(snapshot);
      commit(one, new Operation.Put("n/lost", new byte[0]));
      cut.catchUp();
      told.clear();
      link.cut();

      consul.restoreSnapshot(snapshot);
      for (int i = 0; i < 3; i++) {
        commit(one, new Operation.Put("n/new" + i, new byte[0]));
      }
      link.mend();

      await().atMost(LONG).untilAsserted(() -> assertThat(told).contains("n/lost", "n/new0"));
      assertThat(restored).hasValue(1);
    }
  }

  @Test
  void givenACallThatHangsThenLessPatienceEndsItSoonerAndTheNextGoesAnotherWay() {
    try (var link = new Link(consul.url().getPort());
        var store = ConsulStore.open(settings(link), vertx)) {
      var hasty = store.within(Duration.ofMillis(300));
      assertThat(hasty.get("a")).isEmpty();
      link.hold();
      long begun = System.nanoTime();
      assertUnavailable(() -> hasty.get("a"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      link.mend();
      commit(hasty, new Operation.Put("a", new byte[0]));
      assertThat(store.get("a")).isPresent();
    }
  }

  @Test
  void givenConsulIsPausedThenCallsAreRefusedInTimeAndAllGoesOnAfterwards() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var store = open();
        var _ = store.watch("", told::addAll)) {
      commit(store, new Operation.Put("before", new byte[0]));
      consul.pause();
      try {
        long begun = System.nanoTime();
        assertUnavailable(() -> store.get("before"));
        assertUnavailable(() -> commit(store, new Operation.Put("lost", new byte[0])));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      } finally {
        consul.goOn();
      }
      await().atMost(LONG).ignoreExceptions().until(() -> store.get("before").isPresent());
      commit(store, new Operation.Put("after", new byte[0]));
      await().atMost(LONG).untilAsserted(() -> assertThat(told).contains("before", "after"));
    }
  }

  @Test
  void givenAConnectionOnWhichNothingArrivesThenOneCallFindsOutAndAllGoesOnWhenItDoes() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var link = new Link(consul.url().getPort());
        var other = open();
        var store = ConsulStore.open(settings(link), vertx);
        var _ = store.watch("", told::addAll)) {
      commit(other, new Operation.Put("before", new byte[0]));
      await().atMost(LONG).until(() -> told.contains("before"));
      link.hold();
      assertUnavailable(store::catchUp);
      assertThat(store.isConnected()).isFalse();
      commit(other, new Operation.Put("during", new byte[0]));
      link.mend();
      // Its blocking query alone would have waited for twenty seconds.
      await().atMost(Duration.ofSeconds(10)).until(store::isConnected);
      store.catchUp();
      assertThat(told).contains("during");
    }
  }

  /** Each time a query that waits is given up; none of them may keep a connection. */
  @Test
  void givenAConnectionThatFailsAgainAndAgainThenCallsAreAnsweredAllTheSame() {
    try (var link = new Link(consul.url().getPort());
        var store =
            ConsulStore.open(
                ConsulSettings.of(link.url(), prefix).patience(Duration.ofMillis(500)), vertx)) {
      for (int failure = 0; failure < 40; failure++) {
        link.hold();
        assertUnavailable(store::catchUp);
        link.mend();
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(store::isConnected);
      }
      await().atMost(LONG).untilAsserted(() -> commit(store, new Operation.Put("a", new byte[0])));
    }
  }

  @Test
  void givenConsulIsKilledAndStartedAgainThenWatchesGoOnByThemselves() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var store = open();
        var other = open();
        var _ = store.watch("", told::addAll)) {
      commit(other, new Operation.Put("before", "1".getBytes(UTF_8)));
      consul.kill();
      assertUnavailable(() -> commit(other, new Operation.Put("lost", new byte[0])));
      await().atMost(LONG).until(() -> !store.isConnected());
      consul.startAgain();
      await().atMost(LONG).until(store::isConnected);
      assertThat(store.get("before").map(Entry::value)).contains("1".getBytes(UTF_8));
      commit(other, new Operation.Put("after", new byte[0]));
      await().atMost(LONG).untilAsserted(() -> assertThat(told).contains("before", "after"));
    }
  }

  @Test
  void givenAnAnswerThatWasLostThenTheWriterMeetsNoConflictThatIsNotThere() {
    try (var store = open()) {
      long first = commit(store, new Operation.Put("a", "1".getBytes(UTF_8)));
      consul.pause();
      try {
        assertUnavailable(
            () -> commit(store, new Operation.PutIf("a", "2".getBytes(UTF_8), first)));
      } finally {
        consul.goOn();
      }
      await().atMost(LONG).ignoreExceptions().until(() -> store.get("a").isPresent());
      // It may have happened or not; whoever reads again and then writes meets no conflict.
      long now = store.get("a").orElseThrow().revision();
      commit(store, new Operation.PutIf("a", "3".getBytes(UTF_8), now));
      commit(store, new Operation.PutIf("b", new byte[0], 0));
    }
  }

  @Test
  void givenKeysOfALeaseThenNoWatchTellsThem() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var store = open();
        var _ = store.watch("", told::addAll)) {
      commit(store, new Operation.Put("lease/beat", "1".getBytes(UTF_8)));
      commit(store, new Operation.Put("a", new byte[0]));
      await().untilAsserted(() -> assertThat(told).contains("a"));
      assertThat(told).doesNotContain("lease/beat");
      assertThat(store.get("lease/beat")).isPresent();
    }
  }

  @Test
  void givenNobodyListensThenTheRefusalNamesTheSetting() {
    var nobody = ConsulSettings.of(java.net.URI.create("http://127.0.0.1:1"), prefix);
    assertThatThrownBy(() -> ConsulStore.open(nobody, vertx))
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("hydra.store.consul.url")
        .hasMessageContaining("cannot be reached");
  }

  private static long commit(ChannelStore store, Operation... operations) {
    return switch (store.commit(List.of(operations))) {
      case Outcome.Committed(long revision) -> revision;
      case Outcome.Conflict(String key) -> throw new AssertionError("conflict at " + key);
    };
  }

  private static void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
