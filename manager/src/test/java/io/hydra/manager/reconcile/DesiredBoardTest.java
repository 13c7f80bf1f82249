package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeDesired;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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
    world.board.publish(name, order(Long.MAX_VALUE));

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(order(Long.MAX_VALUE));
  }

  @Test
  void anOrderThatTheCallerHasNotSeenIsAnsweredAtOnce() {
    world.step();
    world.board.publish(name, order(Long.MAX_VALUE));

    assertThat(world.board.awaitNode(name, 7, LONG)).isEqualTo(order(Long.MAX_VALUE));
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
}
