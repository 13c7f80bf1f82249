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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChannelStore} does, whatever it is made of. */
abstract class ChannelStoreContract {
  private ChannelStore store;

  /** Opens the store with what an earlier one, closed before, has left. */
  abstract ChannelStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void givenNothingWhenReadThenEmpty() {
    assertThat(store.get("a")).isEmpty();
    assertThat(store.list("")).isEmpty();
    assertThat(store.keys("")).isEmpty();
  }

  @Test
  void givenACommitWhenReadThenItsValueAndRevisionAreThere() {
    long revision = committed(put("a", "one"));

    var entry = store.get("a").orElseThrow();

    assertThat(entry.value()).asString(UTF_8).isEqualTo("one");
    assertThat(entry.revision()).isEqualTo(revision).isPositive();
  }

  @Test
  void givenAnEmptyValueWhenReadThenItIsThereAndEmpty() {
    committed(put("a", ""));

    assertThat(store.get("a").orElseThrow().value()).isEmpty();
  }

  @Test
  void givenCommitsThenRevisionsGrow() {
    long first = committed(put("a", "1"));
    long second = committed(put("b", "1"));
    long third = committed(put("a", "2"));

    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void givenTheValueThatIsThereWhenWrittenThenTheRevisionGrows() {
    long first = committed(put("a", "same"), put("b", "same"));
    long second = committed(put("a", "same"), putIf("b", "same", first));

    assertThat(second).isGreaterThan(first);
    assertThat(store.list("")).extracting(Entry::revision).containsOnly(second);
  }

  @Test
  void givenAnyBytesWhenReadThenTheyAreTheSame() {
    var bytes = new byte[256 * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    committed(new Operation.Put("a", bytes));

    assertThat(store.get("a").orElseThrow().value()).isEqualTo(bytes);
    assertThat(store.list("a").getFirst().value()).isEqualTo(bytes);
  }

  @Test
  void givenAKeyOfAnyCharactersThenItIsFoundAgain() {
    var key = "n/a b%2F+?&#\"ü.-_~:@";
    committed(put(key, "odd"));

    assertThat(text(key)).isEqualTo("odd");
    assertThat(store.keys("n/a b%")).containsExactly(key);
  }

  @Test
  void givenAKeyWhenAnotherIsWrittenThenItsRevisionStays() {
    long revision = committed(put("a", "1"));
    committed(put("b", "1"));

    assertThat(store.get("a").orElseThrow().revision()).isEqualTo(revision);
  }

  @Test
  void givenARestartThenEntriesAreThereAndRevisionsGoOn() {
    committed(put("a", "1"));
    long deletedAt = committed(put("b", "1"));
    long last = committed(new Operation.DeleteIf("b", deletedAt));

    store.close();
    store = open();

    assertThat(text("a")).isEqualTo("1");
    assertThat(store.get("b")).isEmpty();
    assertThat(committed(put("c", "1"))).isGreaterThan(last);
  }

  @Test
  void givenTheExpectedRevisionWhenSetThenTheValueChanges() {
    long revision = committed(put("a", "1"));

    committed(putIf("a", "2", revision));

    assertThat(text("a")).isEqualTo("2");
  }

  @Test
  void givenAnotherRevisionWhenSetThenNothingChanges() {
    long old = committed(put("a", "1"));
    committed(put("a", "2"));

    assertThat(store.commit(List.of(putIf("a", "3", old)))).isEqualTo(new Outcome.Conflict("a"));
    assertThat(text("a")).isEqualTo("2");
  }

  @Test
  void givenAKeyWhenSetAsIfItWereNewThenNothingChanges() {
    committed(put("a", "1"));

    assertThat(store.commit(List.of(putIf("a", "2", 0)))).isEqualTo(new Outcome.Conflict("a"));
  }

  @Test
  void givenNoKeyWhenSetAsIfItWereThereThenNothingIsWritten() {
    assertThat(store.commit(List.of(putIf("a", "1", 7)))).isEqualTo(new Outcome.Conflict("a"));
    assertThat(store.get("a")).isEmpty();
  }

  @Test
  void givenADeletedKeyWhenItsOldRevisionIsExpectedThenConflict() {
    long revision = committed(put("a", "1"));
    committed(new Operation.DeleteIf("a", revision));

    assertThat(store.commit(List.of(putIf("a", "2", revision))))
        .isEqualTo(new Outcome.Conflict("a"));
  }

  @Test
  void givenAnotherRevisionWhenDeletedThenItStays() {
    long old = committed(put("a", "1"));
    committed(put("a", "2"));

    assertThat(store.commit(List.of(new Operation.DeleteIf("a", old))))
        .isEqualTo(new Outcome.Conflict("a"));
    assertThat(text("a")).isEqualTo("2");
  }

  @Test
  void givenNoKeyWhenDeletedAsIfItWereThereThenConflict() {
    long revision = committed(put("a", "1"));
    committed(new Operation.DeleteIf("a", revision));

    assertThat(store.commit(List.of(new Operation.DeleteIf("a", revision))))
        .isEqualTo(new Outcome.Conflict("a"));
    committed(new Operation.DeleteIf("a", 0));
  }

  @Test
  void givenSeveralKeysAreNotAsExpectedThenTheFirstIsNamed() {
    committed(put("b", "1"), put("c", "1"));

    assertThat(store.commit(List.of(put("a", "1"), putIf("c", "2", 0), putIf("b", "2", 0))))
        .isEqualTo(new Outcome.Conflict("c"));
  }

  @Test
  void givenOneOfSeveralIsNotAsExpectedThenNoneIsWritten() {
    committed(put("c", "1"));

    var outcome = store.commit(List.of(put("a", "1"), putIf("b", "1", 0), putIf("c", "2", 0)));

    assertThat(outcome).isEqualTo(new Outcome.Conflict("c"));
    assertThat(store.keys("")).containsExactly("c");
    assertThat(text("c")).isEqualTo("1");
  }

  @Test
  void givenAFailedCheckThenNothingIsWritten() {
    assertThat(store.commit(List.of(put("a", "1"), new Operation.Check("leader", 5))))
        .isEqualTo(new Outcome.Conflict("leader"));
    assertThat(store.get("a")).isEmpty();
  }

  @Test
  void givenAHeldCheckThenTheRestIsWrittenAndTheCheckedKeyStays() {
    long leader = committed(put("leader", "me"));

    committed(new Operation.Check("leader", leader), put("a", "1"));

    assertThat(store.get("leader").orElseThrow().revision()).isEqualTo(leader);
    assertThat(text("a")).isEqualTo("1");
  }

  @Test
  void givenACheckForAbsenceThenItHoldsOnlyWhileTheKeyIsNotThere() {
    committed(new Operation.Check("a", 0), put("b", "1"));
    committed(put("a", "1"));

    assertThat(store.commit(List.of(new Operation.Check("a", 0), put("b", "2"))))
        .isEqualTo(new Outcome.Conflict("a"));
  }

  @Test
  void givenSeveralKeysInACommitThenTheyHaveOneRevision() {
    long revision = committed(put("a", "1"), put("b", "1"));

    assertThat(store.list("")).extracting(Entry::revision).containsOnly(revision);
  }

  @Test
  void givenKeysInAnyOrderWhenListedThenOnlyThePrefixInOrder() {
    for (var key : List.of("n/b", "n/a/x", "m/z", "n/a", "na", "o")) {
      committed(put(key, key));
    }

    assertThat(store.list("n/")).extracting(Entry::key).containsExactly("n/a", "n/a/x", "n/b");
    assertThat(store.keys("n/")).containsExactly("n/a", "n/a/x", "n/b");
  }

  @Test
  void givenManyKeysOfWhichSomeAreThereWhenReadTogetherThenThoseAreFound() {
    var values = new HashMap<>(Map.of("n/a b%2F+?&#\"ü", "odd", "empty", ""));
    IntStream.range(0, 150).forEach(i -> values.put("many/" + i, "value " + i));
    var revisions = new HashMap<String, Long>();
    values.forEach((key, value) -> revisions.put(key, committed(put(key, value))));
    var asked = new ArrayList<>(values.keySet());
    asked.addAll(List.of("none", "many/150", "many/7"));

    var found = store.get(asked);

    assertThat(found).containsOnlyKeys(values.keySet());
    assertThat(found.values())
        .allSatisfy(
            entry -> {
              assertThat(entry.revision()).isEqualTo(revisions.get(entry.key()));
              assertThat(new String(entry.value(), UTF_8)).isEqualTo(values.get(entry.key()));
            });
    assertThat(store.get(List.of("none"))).isEmpty();
    assertThat(store.get(List.<String>of())).isEmpty();
  }

  @Test
  void givenTooManyOperationsThenRefused() {
    var operations =
        IntStream.rangeClosed(0, ChannelStore.MAX_OPERATIONS)
            .mapToObj(i -> put("k" + i, ""))
            .toList();

    assertRefused(operations);
  }

  @Test
  void givenAsManyOperationsAsAllowedThenWritten() {
    var operations =
        IntStream.range(0, ChannelStore.MAX_OPERATIONS).mapToObj(i -> put("k" + i, "")).toList();

    committed(operations.toArray(Operation[]::new));

    assertThat(store.keys("k")).hasSize(ChannelStore.MAX_OPERATIONS);
  }

  @Test
  void givenAsManyBytesAsAllowedThenWritten() {
    int left = ChannelStore.MAX_TRANSACTION_BYTES;
    var operations = new ArrayList<Operation>();
    for (int i = 0; i < ChannelStore.MAX_OPERATIONS - 1; i++) {
      var key = "%0500d".formatted(i);
      operations.add(put(key, ""));
      left -= key.length();
    }
    operations.add(new Operation.Put("the-rest", new byte[left - "the-rest".length()]));

    committed(operations.toArray(Operation[]::new));

    assertThat(store.get("the-rest")).isPresent();
  }

  @Test
  void givenTooManyBytesThenRefused() {
    var half = new byte[ChannelStore.MAX_TRANSACTION_BYTES / 2];

    assertRefused(List.of(new Operation.Put("a", half), new Operation.Put("b", half)));
  }

  @Test
  void givenAKeyTwiceThenRefused() {
    assertRefused(List.of(put("a", "1"), put("a", "2")));
  }

  @Test
  void givenAKeyWithoutAnyTextOrTooLongThenRefused() {
    assertRefused(List.of(put("", "1")));
    assertRefused(List.of(put("k".repeat(501), "1")));
  }

  @Test
  void givenAWatchWhenKeysUnderItChangeThenItTellsThem() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var _ = store.watch("n/", told::addAll)) {
      committed(put("m/1", "1"));
      long revision = committed(put("n/1", "1"), put("n/2", "1"));
      await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("n/1", "n/2"));

      told.clear();
      assertThat(revision).isEqualTo(store.get("n/1").orElseThrow().revision());
      committed(new Operation.DeleteIf("n/1", revision));
      await().untilAsserted(() -> assertThat(told).containsExactly("n/1"));
    }
  }

  @Test
  void givenACommitWhenCaughtUpThenListenersHaveTakenIt() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var _ = store.watch("n/", told::addAll)) {
      for (int i = 0; i < 20; i++) {
        committed(put("n/" + i, "1"));
        store.catchUp();
        assertThat(told).contains("n/" + i);
      }
    }
  }

  @Test
  void givenAListenerThatCannotReadThenItIsToldTheSameAgain() {
    var calls = new ConcurrentLinkedQueue<Set<String>>();
    try (var _ =
        store.watch(
            "",
            keys -> {
              calls.add(Set.copyOf(keys));
              if (calls.size() == 1) {
                throw new HydraException(ErrorCode.UNAVAILABLE, "thrown on purpose");
              }
            })) {
      committed(put("a", "1"));
      await().until(() -> calls.size() == 2);
      assertThat(calls).containsOnly(Set.of("a"));
      store.catchUp();
    }
  }

  @Test
  void givenAListenerThatFailsThenItIsToldAgainAndOthersToo() {
    var calls = new ConcurrentLinkedQueue<Set<String>>();
    try (var _ =
            store.watch(
                "",
                keys -> {
                  throw new IllegalStateException("a listener's own fault, thrown on purpose");
                });
        var _ = store.watch("", calls::add)) {
      committed(put("a", "1"));
      await().until(() -> calls.size() == 1);
      committed(put("b", "1"));
      await().until(() -> calls.size() == 2);
    }
  }

  @Test
  void givenAListenerThatReadsAndWritesThenItSeesTheCommitAndDoesNotBlock() {
    try (var _ =
        store.watch("in/", keys -> keys.forEach(key -> committed(put("out/" + key, text(key)))))) {
      committed(put("in/1", "seen"));

      await().untilAsserted(() -> assertThat(store.get("out/in/1")).isPresent());
      assertThat(text("out/in/1")).isEqualTo("seen");
    }
  }

  @Test
  void givenAClosedWatchThenItIsNotToldAnyMore() {
    Set<String> closed = ConcurrentHashMap.newKeySet();
    Set<String> open = ConcurrentHashMap.newKeySet();
    store.watch("", closed::addAll).close();
    try (var _ = store.watch("", open::addAll)) {
      committed(put("a", "1"));

      await().until(() -> open.contains("a"));
      assertThat(closed).isEmpty();
    }
  }

  @Test
  void givenConcurrentIncrementsThenNoneIsLost() throws Exception {
    int writers = 8;
    int each = 25;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int writer = 0; writer < writers; writer++) {
        running.add(threads.submit(() -> IntStream.range(0, each).forEach(i -> increment())));
      }
      for (var one : running) {
        one.get();
      }
    }

    assertThat(text("counter")).isEqualTo(Integer.toString(writers * each));
  }

  @Test
  void givenAWriterOfPairsWhenListedThenThePairsAreAlwaysWhole() throws Exception {
    committed(put("pair/a", "0"), put("pair/b", "0"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer =
          threads.submit(
              () ->
                  IntStream.rangeClosed(1, 100)
                      .mapToObj(Integer::toString)
                      .forEach(i -> committed(put("pair/a", i), put("pair/b", i))));
      while (!writer.isDone()) {
        assertThat(store.list("pair/"))
            .extracting(entry -> new String(entry.value(), UTF_8))
            .satisfies(pair -> assertThat(pair.getFirst()).isEqualTo(pair.getLast()));
      }
      writer.get();
    }
  }

  private void increment() {
    Outcome outcome;
    do {
      var before = store.get("counter");
      int next = before.map(e -> Integer.parseInt(new String(e.value(), UTF_8))).orElse(0) + 1;
      outcome =
          store.commit(
              List.of(
                  putIf(
                      "counter", Integer.toString(next), before.map(Entry::revision).orElse(0L))));
    } while (outcome instanceof Outcome.Conflict);
  }

  private void assertRefused(List<Operation> operations) {
    assertThatThrownBy(() -> store.commit(operations))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    assertThat(store.list("")).isEmpty();
  }

  private long committed(Operation... operations) {
    return switch (store.commit(List.of(operations))) {
      case Outcome.Committed(long revision) -> revision;
      case Outcome.Conflict(String key) -> throw new AssertionError("conflict at " + key);
    };
  }

  private String text(String key) {
    return new String(store.get(key).orElseThrow().value(), UTF_8);
  }

  private static Operation put(String key, String value) {
    return new Operation.Put(key, value.getBytes(UTF_8));
  }

  private static Operation putIf(String key, String value, long expected) {
    return new Operation.PutIf(key, value.getBytes(UTF_8), expected);
  }
}
