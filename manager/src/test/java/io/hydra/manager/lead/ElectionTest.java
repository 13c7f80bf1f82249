package io.hydra.manager.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.lead.Standing.Following;
import io.hydra.manager.lead.Standing.Leading;
import io.hydra.manager.reconcile.RelayingStore;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.Fence;
import io.hydra.manager.store.FencedStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Managers on one store, with a clock each that the test moves. */
class ElectionTest {
  private static final Duration LEASE = Duration.ofSeconds(4);

  private final FlakyStore store = new FlakyStore();
  private long nanos;

  private final Election one = manager("one");
  private final Election two = manager("two");

  private Election manager(String name) {
    return manager(name, LEASE);
  }

  private Election manager(String name, Duration lease) {
    var self = new Candidate(name, URI.create("http://" + name + ":8080"), lease);
    return new Election(store, self, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void givenNobodyLeadsThenTheFirstTakesTheLeadAndOthersKnowIt() {
    assertThat(one.step()).isInstanceOf(Leading.class);
    assertThat(one.isProven()).isTrue();

    assertThat(two.step()).isInstanceOf(Following.class);
    assertThat(leaderOf(two)).contains("one");
    assertThat(two.isProven()).isFalse();
  }

  @Test
  void givenALeaderThatBeatsThenItKeepsTheLead() {
    one.step();
    for (int second = 0; second < 60; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(one.step()).isInstanceOf(Leading.class);
      assertThat(two.step()).isInstanceOf(Following.class);
    }
  }

  @Test
  void givenALeaderThatResignsThenAnotherTakesTheLeadAtOnce() {
    one.step();
    two.step();

    one.retire();

    assertThat(two.step()).isInstanceOf(Leading.class);
    assertThat(one.step()).isInstanceOf(Following.class);
  }

  @Test
  void givenALeaderThatFallsSilentThenAnotherTakesTheLeadOnceItCannotBeProven() {
    one.step();
    two.step();
    pass(LEASE);
    assertThat(one.isProven()).isFalse();
    assertThat(two.step()).isInstanceOf(Following.class);

    pass(Duration.ofMillis(1_001));

    assertThat(two.step()).isInstanceOf(Leading.class);
    assertThat(one.step()).isInstanceOf(Following.class);
  }

  @Test
  void givenTheStoreWasGoneForLongThenTheLeaderKeepsTheLead() {
    one.step();
    two.step();
    store.reachable = false;
    for (int second = 0; second < 3600; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(one.step()).isInstanceOf(Leading.class);
      assertThat(two.step()).isInstanceOf(Following.class);
    }
    assertThat(one.isProven()).isFalse();

    store.reachable = true;

    assertThat(two.step()).isInstanceOf(Following.class);
    one.step();
    assertThat(one.isProven()).isTrue();
  }

  @Test
  void givenTheAnswerToTakingTheLeadWasLostThenItHasItAllTheSame() {
    store.losesAnswers = true;
    assertThat(one.step()).isInstanceOf(Following.class);
    store.losesAnswers = false;

    assertThat(one.step()).isInstanceOf(Leading.class);
    assertThat(one.isProven()).isFalse();
    one.step();
    assertThat(one.isProven()).isTrue();
    assertThat(two.step()).isInstanceOf(Following.class);
  }

  /** Its beats would keep others from the lead while it cannot be sure to have it. */
  @Test
  void givenALeaderThatIsHeardButHearsNothingThenAnotherTakesTheLead() {
    one.step();
    for (int second = 0; second < 12; second++) {
      store.deaf = true;
      one.step();
      store.deaf = false;
      two.step();
      pass(Duration.ofSeconds(1));
    }

    assertThat(two.isProven()).isTrue();
    assertThat(one.isProven()).isFalse();
  }

  @Test
  void givenAnAnswerThatComesLateThenALeaderThatBeatsKeepsTheLead() {
    one.step();
    two.step();
    pass(Duration.ofMillis(500));
    store.afterRead =
        () -> {
          for (int second = 0; second < 5; second++) {
            pass(Duration.ofSeconds(1));
            one.step();
          }
        };

    assertThat(two.step()).isInstanceOf(Following.class);
    assertThat(leaderOf(two)).contains("one");
    assertThat(one.isProven()).isTrue();
  }

  /** It was silent for as long as others wait, but is heard again just before it is replaced. */
  @Test
  void givenABeatThatComesBeforeTheLeadIsTakenThenItIsNotTaken() {
    one.step();
    two.step();
    pass(Duration.ofMillis(5_001));
    store.beforeCommit = one::step;

    assertThat(two.step()).isInstanceOf(Following.class);
    assertThat(one.isProven()).isTrue();
    assertThat(two.isProven()).isFalse();
  }

  @Test
  void givenALeaderWithALongerLeaseThenOthersWaitForThatOne() {
    var patient = manager("patient", Duration.ofSeconds(30));
    patient.step();
    two.step();
    pass(Duration.ofMillis(37_499));
    assertThat(two.step()).isInstanceOf(Following.class);

    pass(Duration.ofMillis(2));

    assertThat(patient.isProven()).isFalse();
    assertThat(two.step()).isInstanceOf(Leading.class);
  }

  @Test
  void givenALeaderWhoseEntryNamesNoLeaseThenOthersWaitByTheirOwn() {
    store.commit(
        List.of(
            new Operation.Put(
                Election.LEADER, "{\"id\": \"old\", \"url\": \"http://old\"}".getBytes(UTF_8))));
    two.step();
    assertThat(leaderOf(two)).contains("old");
    pass(Duration.ofSeconds(5));
    assertThat(two.step()).isInstanceOf(Following.class);

    pass(Duration.ofMillis(1));

    assertThat(two.step()).isInstanceOf(Leading.class);
  }

  /** Two calls that hang one after the other, and a beat that is answered, fit into a lease. */
  @Test
  void givenACallThatHangsThenItCostsALeaderNoProof() {
    one.step();
    pass(one.pause());
    for (int hung = 0; hung < 2; hung++) {
      store.reachable = false;
      pass(store.limit);
      one.step();
      pass(one.pause());
    }
    assertThat(one.isProven()).isTrue();
    store.reachable = true;
    one.step();
    assertThat(one.pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givenADeposedLeaderThenItCannotWrite() {
    var deposed = ((Leading) one.step()).fence();
    two.step();
    pass(Duration.ofSeconds(6));
    two.step();
    var fence = new FixedFence(deposed);
    var fenced = new FencedStore(store, fence);

    assertThatThrownBy(() -> fenced.commit(List.of(new Operation.Put("a", new byte[0]))))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));

    assertThat(store.get("a")).isEmpty();
    assertThat(fence.broken).isTrue();
  }

  @Test
  void givenAnyScheduleThenAtMostOneIsProvenAndFencesGrow() {
    for (int seed = 0; seed < 200; seed++) {
      new Schedule(seed).run();
    }
  }

  private static Optional<String> leaderOf(Election election) {
    return ((Following) election.standing()).leader().map(Candidate::id);
  }

  private static final class FixedFence implements Fence {
    private final long fence;
    private boolean broken;

    FixedFence(long fence) {
      this.fence = fence;
    }

    @Override
    public Optional<Operation.Check> check() {
      return Optional.of(new Operation.Check(Election.LEADER, fence));
    }

    @Override
    public void broken(Operation.Check check) {
      broken = true;
    }
  }

  /** Three managers that pause, resign, lose the store and answers, at random. */
  private static final class Schedule {
    private final Random random;
    private final FlakyStore store = new FlakyStore();
    private final List<Election> managers = new ArrayList<>();
    private long nanos;
    private long newestFence;

    Schedule(int seed) {
      random = new Random(seed);
      for (int i = 0; i < 3; i++) {
        var self = new Candidate("m" + i, URI.create("http://m" + i), LEASE);
        managers.add(new Election(store, self, () -> nanos));
      }
    }

    void run() {
      for (int step = 0; step < 500; step++) {
        nanos += Duration.ofMillis(random.nextInt(700)).toNanos();
        store.reachable = random.nextInt(10) > 0;
        store.losesAnswers = random.nextInt(20) == 0;
        store.deaf = random.nextInt(20) == 0;
        store.afterRead = meanwhile();
        store.beforeCommit = meanwhile();
        var manager = managers.get(random.nextInt(managers.size()));
        if (random.nextInt(100) == 0) {
          manager.resign();
        } else if (random.nextInt(50) == 0) {
          nanos += Duration.ofSeconds(random.nextInt(12)).toNanos();
        } else {
          noteFence(manager.step());
        }
        assertThat(managers.stream().filter(Election::isProven)).hasSizeLessThanOrEqualTo(1);
      }
    }

    /** Calls take their time, and others do something meanwhile. */
    private Runnable meanwhile() {
      long passes = Duration.ofMillis(random.nextInt(3_000)).toNanos();
      var other = managers.get(random.nextInt(managers.size()));
      boolean steps = random.nextInt(5) == 0;
      return () -> {
        nanos += passes;
        if (steps) {
          noteFence(other.step());
        }
      };
    }

    private void noteFence(Standing standing) {
      if (standing instanceof Leading(long fence, long _) && fence > newestFence) {
        newestFence = fence;
      }
      var proven = managers.stream().filter(Election::isProven).toList();
      assertThat(proven)
          .allSatisfy(one -> assertThat(((Leading) one.standing()).fence()).isEqualTo(newestFence));
    }
  }

  /** A store that cannot be reached, or does what it is told and does not say so. */
  private static final class FlakyStore extends RelayingStore {
    private boolean reachable = true;
    private boolean losesAnswers;

    /** What is asked is done, and nothing is answered. */
    private boolean deaf;

    /** Each happens once. */
    private Runnable afterRead = () -> {};

    private Runnable beforeCommit = () -> {};
    private Duration limit = Duration.ofDays(1);

    private void requireReachable() {
      if (!reachable || deaf) {
        throw new HydraException(ErrorCode.UNAVAILABLE, "cannot be reached");
      }
    }

    @Override
    public Optional<Entry> get(String key) {
      requireReachable();
      return super.get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      requireReachable();
      var listed = super.list(prefix);
      var meanwhile = afterRead;
      afterRead = () -> {};
      meanwhile.run();
      return listed;
    }

    @Override
    public List<String> keys(String prefix) {
      requireReachable();
      return super.keys(prefix);
    }

    @Override
    public Outcome commit(List<Operation> operations) {
      var meanwhile = beforeCommit;
      beforeCommit = () -> {};
      meanwhile.run();
      if (!deaf) {
        requireReachable();
      }
      var outcome = super.commit(operations);
      if (losesAnswers || deaf) {
        throw new HydraException(ErrorCode.UNAVAILABLE, "the answer is lost");
      }
      return outcome;
    }

    @Override
    public ChannelStore within(Duration limit) {
      this.limit = limit;
      return this;
    }
  }
}
