package io.hydra.manager.reconcile;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.HydraException;
import io.hydra.model.Budget;
import io.hydra.model.ChannelSettings;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ScopeName;
import io.hydra.wire.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Random clusters in which agents obey, fail, die and come back while people publish, roll back and
 * pin. What must hold at every moment, holds; and when nothing fails any more, everyone arrives.
 */
class AnythingGoesTest {
  private static final List<String> REGIONS = List.of("eu", "us", "elsewhere");
  private static final long SMALL_RAM = 110;
  private static final int LEAST_RAM_OF_A_RELEASE = 70;
  private static final int MOST_RAM_OF_A_RELEASE = 100;

  @Property(tries = 100)
  void whateverHappensTheRolloutArrivesWithoutBreakingItsPromises(@ForAll long seed) {
    happensAndArrives(new Chaos(new Random(seed)));
  }

  /** There, a budget is shared with those who evict pods meanwhile. */
  @Property(tries = 100)
  void whateverHappensInKubernetesItsBudgetIsKept(@ForAll long seed) {
    var chaos = new Chaos(new Random(seed));
    chaos.inKubernetes();
    happensAndArrives(chaos);
  }

  /** There are regions with a head and a pin of their own, and nodes that change theirs. */
  @Property(tries = 100)
  void whateverHappensInScopesEachArrivesAtItsOwn(@ForAll long seed) {
    var chaos = new Chaos(new Random(seed));
    chaos.inScopes();
    if (seed % 2 == 0) {
      chaos.inKubernetes();
    }
    happensAndArrives(chaos);
  }

  /** Where RAM has room for two releases, the channel has not, or not even for any one. */
  @Property(tries = 100)
  void whateverHappensABudgetOfRamIsKept(@ForAll long seed) {
    var chaos = new Chaos(new Random(seed));
    chaos.withABudgetOfRam();
    happensAndArrives(chaos);
  }

  /** All releases are rejected while a node is lost that has let go of the one granted there. */
  @Test
  void givenAGrantOnALostNodeThatNoReleaseFollows_thenNobodyObeysIt() {
    happensAndArrives(new Chaos(new Random(-10_402_803)));
  }

  private static void happensAndArrives(Chaos chaos) {
    for (int step = 0; step < 80; step++) {
      chaos.happen();
      chaos.world.step();
    }
    chaos.end();

    if (!chaos.world.within(300, chaos::hasArrived)) {
      // Those that failed before may use the budget up; then only a person can raise it.
      assertThat(chaos.describe())
          .contains("BLOCKED")
          .containsAnyOf("may be out of service", "allows no disruption", "would be out by order");
      chaos.world.maxUnavailable("100%");
      chaos.kubernetes.ifPresent(k -> k.needed = 0);
    }
    assertThat(chaos.world.within(300, chaos::hasArrived)).as(chaos::describe).isTrue();
  }

  private static ChannelPlan withNothingToTakeOver(ChannelPlan plan) {
    var nodes = new TreeMap<NodeName, NodePlan>();
    plan.nodes()
        .forEach(
            (name, node) ->
                nodes.put(
                    name, new NodePlan(Optional.empty(), node.preparation(), node.contribution())));
    return new ChannelPlan(
        plan.channel(),
        plan.settled(),
        plan.parts(),
        plan.scopes(),
        plan.orders(),
        plan.attempts(),
        nodes);
  }

  private static final class Chaos {
    final World world = new World();
    private final Random random;
    private boolean scoped;
    private long budgetOfRam;
    Optional<SimulatedKubernetes> kubernetes = Optional.empty();

    Chaos(Random random) {
      this.random = random;
      int nodes = 1 + random.nextInt(4);
      int instances = 1 + random.nextInt(6);
      int most = (instances + nodes - 1) / nodes;
      for (int i = 0; i < nodes; i++) {
        world.node("n" + i, Optional.of(random.nextBoolean() ? SMALL_RAM : 1_000));
      }
      // Most of these have no instance, and hold the data for as long as they are in the region.
      for (int i = nodes; i < nodes + 3; i++) {
        world.region("n" + i, any(REGIONS));
        world.node("n" + i, Optional.of(random.nextBoolean() ? SMALL_RAM : 1_000));
      }
      world.nodeSelector(Map.of("region", "eu"));
      for (int i = 0; i < instances; i++) {
        world.instance("i" + i, world.node("n" + i % nodes));
      }
      // A node with little RAM needs all of its instances out at once.
      world.maxUnavailable(Integer.toString(most + random.nextInt(2)));
      publish();
      world.always(this::noMoreIsOutThanAllowed);
      world.always(this::whatIsReadIsThere);
      world.always(this::nobodyIsGrantedWhatIsNotThere);
      world.always(this::whatIsTakenOverWouldFollowAnew);
    }

    void inKubernetes() {
      var budget = world.inKubernetes(random.nextInt(world.instances.size()));
      world.always(budget::noMoreIsDisruptedThanAllowed);
      kubernetes = Optional.of(budget);
    }

    void withABudgetOfRam() {
      ram(any(List.of(LEAST_RAM_OF_A_RELEASE, MOST_RAM_OF_A_RELEASE)));
      world.always(
          () ->
              assertThat(world.nodes.values())
                  .allMatch(
                      n ->
                          n.ram.values().stream().mapToLong(Long::longValue).sum() <= budgetOfRam));
    }

    private void ram(long bytes) {
      budgetOfRam = bytes;
      var budget = new Budget(Optional.empty(), Optional.of(bytes));
      world.settings(s -> ChannelSettings.builder().budget(budget).build());
    }

    void inScopes() {
      world.scopes(
          World.scope("eu", any(List.of("immediate", "manual", "verified"))),
          World.scope("us", any(List.of("immediate", "manual", "verified(1)"))));
      world.nodes.keySet().forEach(node -> world.region(node, any(REGIONS)));
      scoped = true;
    }

    void happen() {
      try {
        event();
      } catch (HydraException impossible) {
        // Nothing to roll back to, for one.
      }
    }

    private void event() {
      if (scoped) {
        inSomeScope(ScopeName.of(random.nextBoolean() ? "eu" : "us"));
      }
      switch (random.nextInt(30)) {
        case 0, 1, 2 -> publish();
        case 3 ->
            world.channels.update(
                CHANNEL, c -> c.rollback(Optional.empty(), world.clock.instant()));
        case 4 ->
            world.channels.update(
                CHANNEL, c -> c.pinTo(any(c.releases()).version(), Optional.empty()));
        case 5 -> world.channels.update(CHANNEL, c -> c.unpin(Optional.empty()));
        case 6 -> world.restartManager();
        case 7 -> anyNode().alive = random.nextInt(3) > 0;
        case 8 -> anyInstance().alive = random.nextInt(3) > 0;
        case 9 -> anyInstance().crash();
        case 11, 12 -> kubernetes.ifPresent(k -> k.evict(anyInstance().id.value()));
        case 10 -> anyInstance().refuses.add(any(world.channel().releases()).ref());
        case 13, 14 -> world.region(anyNode().name.value(), any(REGIONS));
        default -> {}
      }
    }

    private void inSomeScope(ScopeName name) {
      var scope = Optional.of(name);
      switch (random.nextInt(20)) {
        case 0 -> world.channels.update(CHANNEL, c -> c.promote(Optional.empty()));
        case 1 -> world.channels.update(CHANNEL, c -> c.promoteIn(scope, Optional.empty()));
        case 2 -> world.channels.update(CHANNEL, c -> c.pinTo(any(c.releases()).version(), scope));
        case 3 -> world.channels.update(CHANNEL, c -> c.unpin(scope));
        case 4 ->
            world.channels.update(
                CHANNEL, c -> c.rollbackIn(name, Optional.empty(), world.clock.instant()));
        case 5 -> world.region(anyNode().name.value(), any(REGIONS));
        default -> {}
      }
    }

    void end() {
      world.nodes.values().forEach(n -> n.alive = true);
      world.instances.values().forEach(i -> i.alive = true);
      world.instances.values().forEach(i -> i.refuses.clear());
      if (budgetOfRam > 0) {
        ram(MOST_RAM_OF_A_RELEASE);
      }
      world.channel().parts().forEach(part -> world.channels.update(CHANNEL, c -> c.unpin(part)));
      if (world.channel().target().isEmpty()) {
        publish();
      }
    }

    boolean hasArrived() {
      return world.instances.values().stream().allMatch(this::hasArrived)
          && (world.channel().target().isEmpty() || !isUnderWay());
    }

    private boolean hasArrived(SimulatedInstance instance) {
      return world.targetOf(instance).filter(target -> !instance.isOn(target.ref())).isEmpty();
    }

    /** In a scope without a release there is nothing to arrive at. */
    private boolean isUnderWay() {
      return world.phase() != RolloutPhase.DONE && !(scoped && world.phase() == RolloutPhase.EMPTY);
    }

    String describe() {
      return world.status().rollout() + " " + world.status().scopes() + world.channel().rejected();
    }

    private Release publish() {
      var datasets = new ArrayList<ReleaseDataset>();
      datasets.add(World.onDisk("disk", "d" + random.nextInt(3)));
      datasets.add(World.inRam("ram", "r" + random.nextInt(4), LEAST_RAM_OF_A_RELEASE));
      datasets.add(
          random.nextBoolean()
              ? World.inRam("small", "s" + random.nextInt(2), 30)
              : World.onDisk("small", "s" + random.nextInt(2), 30));
      return world.publish(datasets.toArray(ReleaseDataset[]::new));
    }

    private void noMoreIsOutThanAllowed() {
      assertThat(world.outByOrder(CHANNEL)).isLessThanOrEqualTo(world.limit(CHANNEL));
    }

    private void whatIsReadIsThere() {
      for (var instance : world.instances.values()) {
        if (instance.alive && instance.readsItsData()) {
          assertThat(instance.node.has(instance.serving.orElseThrow().datasets()))
              .as("%s reads %s", instance.id, instance.serving)
              .isTrue();
        }
      }
    }

    /**
     * Whoever leaves traffic by an order finds the data, or lets go for it. Where there is no
     * release to be on, nothing is ordered anew: a grant may then outlive what a lost node had, and
     * no AppMan obeys it before the data is there.
     */
    private void nobodyIsGrantedWhatIsNotThere() {
      for (var instance : world.instances.values()) {
        if (world.targetOf(instance).isEmpty()) {
          continue;
        }
        world
            .board
            .granted(instance.id)
            .filter(grant -> instance.alive && instance.node.alive && instance.ready())
            .filter(grant -> !instance.isOn(grant.release()) && instance.moving.isEmpty())
            .ifPresent(grant -> assertThat(instance.node.hasOnDisk(grant.datasets())).isTrue());
      }
    }

    /** Nothing of the last plan is used again that would be another now. */
    private void whatIsTakenOverWouldFollowAnew() {
      var picture = world.viewpoint.of(world.channel());
      var last = world.plans.find(CHANNEL);
      var anew = ChannelPlanner.plan(picture, last.map(AnythingGoesTest::withNothingToTakeOver));
      assertThat(ChannelPlanner.plan(picture, last)).isEqualTo(anew);
    }

    private <T> T any(List<T> items) {
      return items.get(random.nextInt(items.size()));
    }

    private SimulatedNode anyNode() {
      return any(List.copyOf(world.nodes.values()));
    }

    private SimulatedInstance anyInstance() {
      return any(List.copyOf(world.instances.values()));
    }
  }
}
