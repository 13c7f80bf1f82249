package io.hydra.appman.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.StateFile;
import io.hydra.appman.support.FakeNode;
import io.hydra.wire.Grant;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceDesired;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
  private final Path directory;

  OrdersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Orders orders() {
    return new Orders(StateFile.open(directory, HydraJson.mapper()), () -> {});
  }

  private static InstanceDesired order(long epoch, int release) {
    var set = FakeNode.release(release);
    return new InstanceDesired(
        epoch, Optional.of(new Grant(epoch, set.ref(), set.datasets(), false)));
  }

  @Test
  void givenANewerOrder_thenItIsTakenUp() {
    var orders = orders();
    assertThat(orders.accept(order(5, 1))).isTrue();

    assertThat(orders.accept(order(6, 2))).isTrue();

    assertThat(orders.granted()).contains(new Move(6, FakeNode.release(2), false));
  }

  @Test
  void givenAnOlderOrder_thenItIsRefused() {
    var orders = orders();
    assertThat(orders.accept(order(5, 1))).isTrue();

    assertThat(orders.accept(order(4, 2))).isFalse();

    assertThat(orders.granted()).contains(new Move(5, FakeNode.release(1), false));
  }

  @Test
  void givenARestart_thenAnOlderOrderIsStillRefused() {
    assertThat(orders().accept(order(5, 1))).isTrue();

    assertThat(orders().accept(order(4, 2))).isFalse();
  }
}
