package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DesiredBoardTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final World world = new World();
  private final NodeName name = world.node("n1").name;

  private static NodeDesired order(long epoch) {
    return new NodeDesired(epoch, true, List.of(), List.of(), List.of());
  }

  /** A caller that is surely waiting. */
  private CompletableFuture<NodeDesired> waiting(long since) {
    var thread = new AtomicReference<Thread>();
    var executor =
        Executors.newSingleThreadExecutor(
            task -> {
              var fresh = new Thread(task);
              fresh.setDaemon(true);
              thread.set(fresh);
              return fresh;
            });
    var answer =
        CompletableFuture.supplyAsync(() -> world.board.awaitNode(name, since, LONG), executor);
    await()
        .until(() -> Objects.requireNonNull(thread.get()).getState() == Thread.State.TIMED_WAITING);
    return answer;
  }

  @Test
  void anUnknownNodeIsToldToRegister() {
    assertThatThrownBy(() -> world.board.awaitNode(name, 0, Duration.ZERO))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NODE));
  }

  @Test
  void aNewOrderEndsTheWait() {
    world.step();
    var answer = waiting(Long.MAX_VALUE - 1);
    world.board.slot(name).orElseThrow().publish(Long.MAX_VALUE, order(Long.MAX_VALUE));

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(order(Long.MAX_VALUE));
  }

  @Test
  void anOrderThatTheCallerHasNotSeenIsAnsweredAtOnce() {
    world.step();
    world.board.slot(name).orElseThrow().publish(Long.MAX_VALUE, order(Long.MAX_VALUE));

    assertThat(world.board.awaitNode(name, 7, LONG)).isEqualTo(order(Long.MAX_VALUE));
  }

  @Test
  void whoAsksToBeCalledIsCalledOnceWhenANewOrderComes() {
    world.step();
    var slot = world.board.slot(name).orElseThrow();
    slot.publish(1, order(1));
    var calls = new AtomicInteger();

    assertThat(world.board.onNews(name, 1, calls::incrementAndGet)).isPresent();
    tell(slot, 1);
    assertThat(calls).hasValue(0);
    tell(slot, 2);
    tell(slot, 3);
    assertThat(calls).hasValue(1);
  }

  private void tell(Slot<NodeDesired> slot, long epoch) {
    slot.publish(epoch, order(epoch));
    slot.tell();
  }

  /** Who is told asks and reports at once, and would keep the others waiting. */
  @Test
  void nodesAreToldWhenTheOrdersOfAllAreWritten() {
    var names = List.of("n1", "n2", "n3");
    names.forEach(node -> world.instance("i-" + node, world.node(node)));
    world.publish(World.onDisk("a", "1"));
    world.step();
    assertThat(world.within(40, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    var before = epochs(names);
    var seen = new ArrayList<List<Long>>();
    for (var node : names) {
      assertThat(
              world.board.onNews(
                  NodeName.of(node),
                  before.get(names.indexOf(node)),
                  () -> seen.add(epochs(names))))
          .isPresent();
    }

    world.publish(World.onDisk("a", "2"));
    world.reconciler.tick();

    assertThat(seen).hasSize(3);
    assertThat(seen.getFirst()).isEqualTo(epochs(names)).doesNotContainAnyElementsOf(before);
  }

  private List<Long> epochs(List<String> names) {
    return names.stream()
        .map(node -> world.board.slot(NodeName.of(node)).orElseThrow().order().epoch())
        .toList();
  }

  @Test
  void whoAsksToBeCalledForAnOrderThatIsThereIsNotCalled() {
    world.step();
    world.board.slot(name).orElseThrow().publish(2, order(2));
    var calls = new AtomicInteger();

    assertThat(world.board.onNews(name, 1, calls::incrementAndGet)).isEmpty();
    tell(world.board.slot(name).orElseThrow(), 3);
    assertThat(calls).hasValue(0);
  }

  @Test
  void whoHasLeftIsNotCalled() {
    world.step();
    var calls = new AtomicInteger();
    var leave = world.board.onNews(name, Long.MAX_VALUE - 1, calls::incrementAndGet).orElseThrow();

    leave.run();
    tell(world.board.slot(name).orElseThrow(), Long.MAX_VALUE);

    assertThat(calls).hasValue(0);
  }

  @Test
  void theEndOfTheProgramCallsWhoeverAskedAndNobodyWaitsAnyMore() {
    world.step();
    var calls = new AtomicInteger();
    assertThat(world.board.onNews(name, Long.MAX_VALUE - 1, calls::incrementAndGet)).isPresent();

    world.board.close();

    assertThat(calls).hasValue(1);
    assertThat(world.board.onNews(name, Long.MAX_VALUE - 1, calls::incrementAndGet)).isEmpty();
  }

  @Test
  void anUnknownNodeHasNothingToWaitFor() {
    assertThat(world.board.onNews(name, 0, () -> {})).isEmpty();
  }

  @Test
  void theEndOfTheProgramEndsTheWait() {
    world.step();
    var answer = waiting(Long.MAX_VALUE);
    world.board.close();

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aForgottenNodeIsNotKeptWaiting() {
    world.step();
    var answer = waiting(Long.MAX_VALUE);
    world.registrations.forgetNode(name);

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
  }

  private InstanceRegistration registered(String id) {
    return world.registrations.registerInstance(
        new InstanceRegistration(InstanceId.of(id), World.CHANNEL, name));
  }

  private InstanceOrder order(Release release) {
    return new InstanceOrder(Optional.of(release), false);
  }

  @Test
  void anOrderForAnInstanceThatWasForgottenMeanwhileDoesNotReachItsSuccessor() {
    var release = world.publish(World.onDisk("a", "1"));
    var id = registered("i1").id();
    var slot = world.board.slot(id).orElseThrow();
    world.registrations.forgetInstance(id);
    registered("i1");

    assertThat(world.orders.write(slot, order(release))).isFalse();

    assertThat(world.board.granted(id)).isEmpty();
  }

  @Test
  void anOrderForAnInstanceThatChangedItsChannelMeanwhileDoesNotReachIt() {
    var release = world.publish(World.onDisk("a", "1"));
    var id = registered("i1").id();
    var slot = world.board.slot(id).orElseThrow();
    world.registrations.registerInstance(
        new InstanceRegistration(id, ChannelId.parse("prod/search/other"), name));

    assertThat(world.orders.write(slot, order(release))).isFalse();

    assertThat(world.board.granted(id)).isEmpty();
  }

  @Test
  void anInstanceThatRegistersTheSameAgainKeepsItsOrder() {
    var release = world.publish(World.onDisk("a", "1"));
    var id = registered("i1").id();
    world.orders.write(world.board.slot(id).orElseThrow(), order(release));
    registered("i1");

    assertThat(world.board.granted(id).map(Grant::release)).contains(release.ref());
  }

  @Test
  void anOrderForANodeThatWasForgottenMeanwhileDoesNotReachItsSuccessor() {
    world.step();
    var slot = world.board.slot(name).orElseThrow();
    world.registrations.forgetNode(name);
    world.registrations.registerNode(new NodeRegistration(name, Map.of(), "/data", "1"));

    assertThat(slot.publish(Long.MAX_VALUE, order(Long.MAX_VALUE))).isFalse();

    assertThat(world.board.awaitNode(name, 0, Duration.ZERO).epoch()).isZero();
  }

  @Test
  void whoIsNotRegisteredHasNoSlot() {
    world.publish(World.onDisk("a", "1"));
    var id = registered("i1").id();
    world.reconciler.tick();
    world.registrations.forgetInstance(id);
    world.reconciler.tick();

    assertThat(world.board.slot(id)).isEmpty();
    assertThat(world.board.slot(name)).isEmpty();
    assertThat(world.board.slots(World.CHANNEL)).isEmpty();
  }
}
