package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.feedback.ReadyNodes.Readiness;
import io.hydra.manager.reconcile.SimulatedNode;
import io.hydra.manager.reconcile.World;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeView;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyNodesTest {
  private static final NodeName N1 = NodeName.of("n1");

  private final World world = new World();
  private final SimulatedNode n1 = world.node("n1");

  @BeforeEach
  void settle() {
    world.whereabouts.put(World.CHANNEL, Set.of(N1));
    world.steps(20);
  }

  private Map<NodeName, Readiness> found() {
    return new ReadyNodes(
            world.viewpoint.of(world.channel()),
            world.plans.find(World.CHANNEL).orElseThrow(),
            node ->
                world.cluster.node(node).flatMap(NodeView::lastHeard).orElse(world.clock.instant()))
        .find();
  }

  @Test
  void givenANodeWithTheTarget_thenItHasIt() {
    var release = world.publish(World.onDisk("index", "one"));
    assertThat(found()).containsEntry(N1, new Readiness.HasNot());

    world.steps(5);

    assertThat(found()).containsEntry(N1, new Readiness.Has(release.ref()));
  }

  @Test
  void givenATargetThatIsNotThereYet_thenTheNodeHasWhatIsLiveThere() {
    var first = world.publish(World.onDisk("index", "one"));
    world.instance("i1", n1);
    world.steps(20);
    world.publish(World.inRam("index", "two", 5_000));
    world.steps(5);

    assertThat(found()).containsEntry(N1, new Readiness.Has(first.ref()));
  }

  @Test
  void givenANodeThatIsSilent_thenNothingIsKnown_andAfterAMinuteItHasNone() {
    world.publish(World.onDisk("index", "one"));
    world.steps(5);

    n1.alive = false;
    world.steps(30);
    assertThat(found()).containsEntry(N1, new Readiness.Unknown());

    world.steps(60);
    assertThat(found()).containsEntry(N1, new Readiness.HasNot());
  }
}
