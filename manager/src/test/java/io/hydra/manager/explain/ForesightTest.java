package io.hydra.manager.explain;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.Eviction;
import io.hydra.wire.Fit;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.NodeOutlook;
import io.hydra.wire.ReleasePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is foretold is what comes. */
class ForesightTest {
  private final World world = new World();

  private static ReleaseDataset inRam(String name, String content) {
    return World.inRam(name, content, 100);
  }

  private ReleasePlan plan(ReleaseDataset... datasets) {
    return world.foresight().of(world.channel(), world.draft(CHANNEL, datasets));
  }

  private void served(ReleaseDataset... datasets) {
    var release = world.publish(datasets);
    world.step();
    assertThat(world.within(60, () -> world.allOn(release))).isTrue();
    world.steps(3);
  }

  @Test
  void givenRoom_thenOnlyWhatIsMissingIsFetched_andEachInstanceReloads() {
    world.instance("a", world.node("n1"));
    world.instance("b", world.node("n2"));
    served(onDisk("same", "s"), onDisk("index", "i1"));

    var plan = plan(onDisk("same", "s"), onDisk("index", "i2"));

    assertThat(plan.created()).isTrue();
    assertThat(plan.fits()).isTrue();
    assertThat(plan.nodes())
        .extracting(NodeOutlook::fit, NodeOutlook::fetchBytes)
        .containsOnly(tuple(Fit.FITS, 100L));
    assertThat(plan.instances()).hasSize(2).allMatch(InstanceOutlook::reloads);
    assertThat(plan.verdict()).isEqualTo("2 of 2 nodes can hold it; 2 of 2 instances reload");
    assertThat(world.channel().lastSequence()).isEqualTo(1);
  }

  @Test
  void givenAFullDisk_thenItSaysHowMuchIsMissing_andItsInstanceStays() {
    var small = world.node("n1");
    small.diskTotal = 150;
    world.instance("a", small);
    world.instance("b", world.node("n2"));
    served(onDisk("index", "i1"));

    var plan = plan(onDisk("index", "i2"));

    assertThat(plan.fits()).isFalse();
    assertThat(plan.nodes().getFirst().fit()).isEqualTo(Fit.DISK_FULL);
    assertThat(plan.nodes().getFirst().detail()).contains("100 more bytes", "at most 50");
    assertThat(plan.instances().getFirst().reloads()).isFalse();
    assertThat(plan.instances().getFirst().detail()).contains("stays");
    assertThat(plan.verdict()).isEqualTo("1 of 2 nodes can hold it; 1 of 2 instances reload");
  }

  @Test
  void givenRoomAfterAnEviction_thenItNamesWhatGoes() {
    var small = world.node("n1");
    small.diskTotal = 250;
    world.instance("a", small);
    served(onDisk("index", "i1"));
    served(onDisk("index", "i2"));
    var before = Set.copyOf(small.disk.keySet());

    var plan = plan(onDisk("index", "i3"));

    var node = plan.nodes().getFirst();
    assertThat(node.fit()).isEqualTo(Fit.AFTER_EVICTION);
    served(onDisk("index", "i3"));
    var gone = new HashSet<>(before);
    gone.removeAll(small.disk.keySet());
    assertThat(node.evictions()).extracting(Eviction::digest).containsExactlyElementsOf(gone);
  }

  @Test
  void givenWhatOthersWaitFor_thenEvictionsMakeRoomForThatFirst() {
    var small = world.node("n1");
    small.diskTotal = 250;
    world.instance("a", small);
    served(onDisk("index", "i1"));
    served(onDisk("index", "i2"));
    var other = ChannelId.parse("prod/search/other");
    world.channels.create(Channel.create(other, ChannelSettings.DEFAULT));
    world.instance("o", small, other);
    world.publish(other, onDisk("index", "o1"));
    world.step();

    var node = plan(onDisk("index", "i3")).nodes().getFirst();

    assertThat(node.fit()).isEqualTo(Fit.DISK_FULL);
    assertThat(node.detail()).contains("100 more bytes", "at most 50");
  }

  @Test
  void givenRamForOneOnly_thenInstancesAreDrainedFirst_andTooLittleIsSaid() {
    world.instance("a", world.node("n1", Optional.of(150L)));
    served(inRam("model", "m1"));

    assertThat(plan(inRam("model", "m2")).nodes().getFirst().fit()).isEqualTo(Fit.AFTER_DRAIN);
    assertThat(plan(inRam("model", "m2"), inRam("more", "m3")).nodes().getFirst().fit())
        .isEqualTo(Fit.RAM_FULL);
  }

  @Test
  void givenMoreThatMustLetGoTogetherThanMay_thenItsNodeCannotHoldIt_asTheRolloutSays() {
    var node = world.node("n1", Optional.of(150L));
    world.instance("a", node);
    world.instance("b", node);
    served(inRam("model", "m1"));

    var plan = plan(inRam("model", "m2"));
    world.publish(inRam("model", "m2"));
    world.steps(60);

    assertThat(plan.fits()).isFalse();
    assertThat(plan.maxUnavailable()).isEqualTo(1);
    assertThat(plan.nodes().getFirst().fit()).isEqualTo(Fit.RAM_FULL);
    assertThat(plan.nodes().getFirst().detail()).contains("raise maxUnavailable to 2");
    assertThat(world.status().rollout().reason()).contains(plan.nodes().getFirst().detail());
    assertThat(plan.instances()).noneMatch(InstanceOutlook::reloads);
    world.maxUnavailable("2");
    assertThat(plan(inRam("model", "m3")).nodes().getFirst().fit()).isEqualTo(Fit.AFTER_DRAIN);
  }

  private void budget(long disk, long ram) {
    world.settings(
        s ->
            ChannelSettings.builder()
                .budget(new Budget(Optional.of(disk), Optional.of(ram)))
                .build());
  }

  @Test
  void givenABudgetOfDisk_thenWhatIsBeyondItIsToldWithBothNumbers() {
    world.instance("a", world.node("n1"));
    served(onDisk("index", "i1"));
    budget(199, 1);

    var plan = plan(onDisk("index", "i2"));

    assertThat(plan.fits()).isFalse();
    assertThat(plan.nodes().getFirst().fit()).isEqualTo(Fit.DISK_FULL);
    assertThat(plan.nodes().getFirst().detail())
        .isEqualTo(
            "the channel's budget is 199 bytes of its disk, and it would have 200 there with what is in use");
    budget(200, 1);
    assertThat(plan(onDisk("index", "i2")).nodes().getFirst().fit()).isEqualTo(Fit.FITS);
  }

  @Test
  void givenABudgetThatBecameTooSmall_thenWhatIsThereIsReady() {
    world.instance("a", world.node("n1"));
    served(onDisk("index", "i1"));
    budget(1, 1);

    assertThat(plan(onDisk("index", "i1")).nodes().getFirst().fit()).isEqualTo(Fit.READY);
  }

  @Test
  void givenABudgetOfRam_thenInstancesAreDrainedFirst_andTooLittleIsSaid() {
    world.instance("a", world.node("n1"));
    served(inRam("model", "m1"));
    budget(1000, 150);

    assertThat(plan(inRam("model", "m2")).nodes().getFirst().fit()).isEqualTo(Fit.AFTER_DRAIN);
    var tooLarge = plan(inRam("model", "m2"), inRam("more", "m3")).nodes().getFirst();
    assertThat(tooLarge.fit()).isEqualTo(Fit.RAM_FULL);
    assertThat(tooLarge.detail())
        .isEqualTo("the channel's budget is 150 bytes of its RAM, and 200 are wanted there");
  }

  @Test
  void givenAPin_thenConsumersStay() {
    world.instance("a", world.node("n1"));
    served(onDisk("index", "i1"));
    world.channels.update(
        CHANNEL, c -> c.pinTo(c.headRelease().orElseThrow().version(), Optional.empty()));

    var plan = plan(onDisk("index", "i2"));

    assertThat(plan.verdict()).contains("stay on #1", "pinned");
    assertThat(plan.instances()).noneMatch(InstanceOutlook::reloads);
  }

  @Test
  void givenAPromotionByHand_thenNodesBringItAndConsumersStay() {
    world.instance("a", world.node("n1"));
    served(onDisk("index", "i1"));
    world.settings(s -> ChannelSettings.builder().promotion(Promotion.MANUAL).build());

    var plan = plan(onDisk("index", "i2"));

    assertThat(plan.verdict()).contains("stay on #1", "staged", "promoted");
    assertThat(plan.nodes().getFirst().fit()).isEqualTo(Fit.FITS);
    assertThat(plan.nodes().getFirst().fetchBytes()).isEqualTo(100);
    assertThat(plan.instances()).noneMatch(InstanceOutlook::reloads);
  }

  @Test
  void givenASilentNode_thenNothingIsKnownOfIt() {
    world.instance("a", world.node("n1")).alive = false;
    world.node("n1").alive = false;
    world.step();

    assertThat(plan(onDisk("index", "i1")).nodes()).allMatch(n -> n.fit() == Fit.UNKNOWN);
  }

  /** Random releases one after another, on nodes of random RAM. */
  @Test
  void givenAnyReleases_thenWhatIsForetoldComes() {
    for (int seed = 0; seed < 200; seed++) {
      new Story(seed).run();
    }
  }

  private static final class Story {
    private static final List<String> LIMITS = List.of("1", "2", "3", "50%", "100%");

    private final int seed;
    private final Random random;
    private final World world = new World();
    private int contents;

    Story(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      for (int node = 1; node <= 1 + random.nextInt(3); node++) {
        var ram = Optional.of(100L * (1 + random.nextInt(4)));
        var home = world.node("n" + node, ram);
        for (int i = 0; i <= random.nextInt(2); i++) {
          world.instance("i" + node + "-" + i, home);
        }
      }
      world.maxUnavailable(LIMITS.get(random.nextInt(LIMITS.size())));
      world.steps(2);
    }

    void run() {
      for (int step = 0; step < 5; step++) {
        var datasets = datasets();
        var plan = world.foresight().of(world.channel(), world.draft(CHANNEL, datasets));
        var release = world.publish(datasets);
        assertThat(release).isEqualTo(plan.release());
        boolean arrives = world.within(200, () -> world.allOn(release));
        assertThat(arrives).as("seed %d, %s", seed, plan).isEqualTo(plan.fits());
        if (!arrives) {
          return;
        }
        world.steps(3);
        plan.nodes().forEach(node -> check(release, node));
      }
    }

    private ReleaseDataset[] datasets() {
      int count = 1 + random.nextInt(3);
      var datasets = new ReleaseDataset[count];
      for (int i = 0; i < count; i++) {
        var content = "c" + (random.nextBoolean() ? contents++ : random.nextInt(contents + 1));
        datasets[i] = random.nextBoolean() ? onDisk("d" + i, content) : inRam("d" + i, content);
      }
      return datasets;
    }

    private void check(Release release, NodeOutlook node) {
      var disk = world.node(node.node().value()).disk;
      for (var eviction : node.evictions()) {
        assertThat(disk).as("seed %d, %s", seed, node).doesNotContainKey(eviction.digest());
      }
      for (var dataset : release.datasets()) {
        assertThat(disk).as("seed %d", seed).containsKey(dataset.digest());
      }
    }
  }
}
