package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelSettings;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.process.Await;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases that nodes have before consumers are told to move, with all programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagedReleaseIT {
  @RegisterExtension private final FailureNote note = new FailureNote();

  private final Running running;

  StagedReleaseIT() throws IOException {
    running = Running.start("staged");
  }

  @AfterEach
  void nothingWasLost() {
    assertThat(running.newFailures()).isEmpty();
    running.assertWhole();
  }

  @AfterAll
  void stop() {
    running.end(note.failed());
  }

  private void promotion(String written) {
    running
        .client()
        .putChannel(
            Running.CHANNEL, ChannelSettings.builder().promotion(Promotion.parse(written)).build());
  }

  private void awaitVerified(ReleaseVersion version, int nodes) {
    Await.until(
        () -> version + " is verified on " + nodes + " nodes; now " + running.describe(),
        Running.PATIENCE,
        () ->
            running
                .status()
                .flatMap(status -> status.staged())
                .filter(staged -> staged.release().version().equals(version))
                .filter(staged -> staged.verified() == nodes)
                .isPresent());
  }

  @Test
  void
      givenManualPromotion_thenNodesHaveTheReleaseWithItsInlineFiles_andReplicasRollWhenItIsPromoted() {
    var before = running.target();
    promotion("manual");
    var version = running.releases().upload();
    running.publish(
        running
            .releases()
            .templateWith(
                "settings", TemplateDataset.inline(Map.of("a/b.json", "{}"), Placement.DISK)));

    awaitVerified(version, 3);
    assertThat(running.target()).isEqualTo(before);
    assertThat(running.allServe(before)).isTrue();

    running.client().promote(Running.CHANNEL, Optional.empty());
    running.rollTo(version);
  }

  private Optional<ReleaseVersion> servedOn(String node) {
    return running.status().stream()
        .flatMap(status -> status.instances().stream())
        .filter(instance -> instance.registration().node().value().equals(node))
        .flatMap(instance -> instance.report().stream())
        .flatMap(report -> report.serving().stream())
        .map(ReleaseRef::version)
        .findFirst();
  }

  private boolean isDoneWith(ReleaseVersion version, String node) {
    return running
            .status()
            .filter(status -> status.rollout().phase() == RolloutPhase.DONE)
            .isPresent()
        && servedOn(node).filter(version::equals).isPresent();
  }

  private void await(String what, Callable<Boolean> condition) {
    Await.until(() -> what + "; now " + running.describe(), Running.PATIENCE, condition);
  }

  /** One node gets releases first; the others when they are promoted. */
  @Test
  void givenACanaryScope_thenItsReplicaRollsFirst_andAPinHoldsItWhileTheOthersRoll() {
    var canary = ScopeName.of("canary");
    var before = running.target();
    running
        .client()
        .putChannel(
            Running.CHANNEL,
            ChannelSettings.builder()
                .promotion(Promotion.MANUAL)
                .scopes(
                    new Scope(canary, Map.of("host", "node-1"), Optional.of(Promotion.IMMEDIATE)))
                .build());
    var second = running.publishNext();
    await("the canary serves " + second, () -> isDoneWith(second, "node-1"));
    assertThat(servedOn("node-2")).contains(before);

    running.client().promote(Running.CHANNEL, Optional.empty());
    running.rollTo(second);

    running.client().pin(Running.CHANNEL, second, Optional.of(canary));
    var third = running.publishNext();
    running.client().promote(Running.CHANNEL, Optional.empty());
    await("the others serve " + third, () -> isDoneWith(third, "node-2"));
    assertThat(servedOn("node-1")).contains(second);

    running.client().putChannel(Running.CHANNEL, ChannelSettings.builder().scopes().build());
    running.rollTo(third);
  }

  @Test
  void givenAQuorumOfAllNodes_thenTheReleaseIsPromotedByItself() {
    promotion("verified(100%)");

    running.rollTo(running.publishNext());
  }
}
