package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelSettings;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.process.Await;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
        .putChannel(Running.CHANNEL, ChannelSettings.builder().promotion(Promotion.parse(written)).build());
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

  @Test
  void givenAQuorumOfAllNodes_thenTheReleaseIsPromotedByItself() {
    promotion("verified(100%)");

    running.rollTo(running.publishNext());
  }
}
