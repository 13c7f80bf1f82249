package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Release;
import io.hydra.wire.InstanceRegistration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A manager whose store was lost or is an older copy, among agents that know newer epochs. */
class LostStateTest {
  private static final int MANY = 120;

  private final World world = new World();

  private Release served() {
    var node = world.node("n1");
    world.instance("i1", node);
    world.instance("i2", node);
    world.restartManager();
    world.restartManager();
    var release = world.publish(World.onDisk("a", "1"), World.inRam("b", "2", 100));
    assertThat(world.within(MANY, () -> world.allOn(release))).isTrue();
    return release;
  }

  private SimulatedNode node() {
    return Objects.requireNonNull(world.nodes.get("n1"));
  }

  @Test
  void agentsObeyItAgain() {
    served();
    world.restartManagerWithoutItsState();
    world.step();

    var next = world.publish(World.onDisk("a", "3"), World.inRam("b", "4", 100));

    assertThat(world.within(MANY, () -> world.allOn(next))).isTrue();
  }

  @Test
  void anOrderThatWasRefusedIsGivenAgain() {
    var release = served();
    world.instances.values().forEach(i -> i.alive = false);
    world.restartManagerWithoutItsState();
    var id = world.the("i1").id;
    world.registrations.registerInstance(new InstanceRegistration(id, World.CHANNEL, node().name));
    node().alive = false;
    world.orders.write(
        world.board.slot(id).orElseThrow(), new InstanceOrder(Optional.of(release), false));
    long before = world.board.granted(id).orElseThrow().epoch();
    world.the("i1").alive = true;

    world.step();

    assertThat(world.board.granted(id).orElseThrow().epoch() >> 32).isGreaterThan(before >> 32);
    assertThat(world.board.granted(id).orElseThrow().release()).isEqualTo(release.ref());
  }

  @Test
  void whatIsServedStaysWhereItIsThoughNoChannelIsLeft() {
    var release = served();
    world.channels.delete(World.CHANNEL, 0);
    world.restartManagerWithoutItsState();

    world.steps(MANY);

    assertThat(world.allOn(release)).isTrue();
    assertThat(node().has(release.placed())).isTrue();
  }

  @Test
  void theSameContentPublishedAgainIsFetchedByNobody() {
    served();
    world.channels.delete(World.CHANNEL, 0);
    world.restartManagerWithoutItsState();
    world.steps(MANY);
    int fetched = node().fetched;
    world.channels.create(Channel.create(World.CHANNEL, ChannelSettings.DEFAULT));

    // So that its sequence number is not that of the lost one.
    world.publish(World.onDisk("a", "1"));
    var again = world.publish(World.onDisk("a", "1"), World.inRam("b", "2", 100));

    assertThat(world.within(MANY, () -> world.allOn(again))).isTrue();
    assertThat(node().fetched).isEqualTo(fetched);
  }

  @Test
  void aNewEpochOutlivesTheNextRestart() {
    served();
    world.restartManagerWithoutItsState();
    world.step();
    long raised = world.leadership.epoch();

    world.restartManager();

    assertThat(world.leadership.epoch()).isGreaterThan(raised);
  }
}
