package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.process.Await;
import io.hydra.testing.s3.GeneratedStream;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people and buckets get wrong, and what goes wrong on the way: a clear answer, no loss. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenInputIT {
  @RegisterExtension private final FailureNote note = new FailureNote();

  private final Running running;
  private ReleaseVersion good = new ReleaseVersion("none");

  BrokenInputIT() throws IOException {
    running = Running.start("broken");
  }

  @BeforeEach
  void begin(TestInfo test) {
    System.out.println(test.getDisplayName());
    good = running.target();
    running.rollTo(good);
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

  @Test
  void givenAMissingSource_whenPublished_thenTheAnswerNamesTheDataset() {
    refused(
        running.releases().templateWith("tokenizer", disk("nowhere/model.bin")),
        ErrorCode.SOURCE_MISSING,
        "tokenizer");
  }

  @Test
  void givenAnEmptyPrefix_whenPublished_thenTheAnswerNamesTheDataset() {
    refused(
        running.releases().templateWith("index", disk("empty/{VERSION_PLACEHOLDER}/")),
        ErrorCode.SOURCE_MISSING,
        "index");
  }

  @Test
  void givenAWrongPlacement_whenPublished_thenTheAnswerNamesIt() {
    var wrong =
        new TemplateDataset(
            Optional.of(running.releases().bucket().url("index/")),
            Optional.of("SSD"),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    refused(running.releases().templateWith("index", wrong), ErrorCode.INVALID_TEMPLATE, "SSD");
  }

  @Test
  void givenHostileKeys_whenPublished_thenTheAnswerNamesTheKey() {
    running.releases().bucket().put("hostile/2026-11-01T09-00-00/../../evil", "x");
    refused(
        running.releases().templateWith("index", disk("hostile/{VERSION_PLACEHOLDER}/")),
        ErrorCode.HOSTILE_KEY,
        "evil");
  }

  @Test
  void givenDatasetsWithoutACommonVersion_whenEqualOnesAreWanted_thenTheAnswerSaysSo() {
    running.releases().bucket().put("lonely/2020-01-01T00-00-00/x", "x");
    var request =
        new PublishRequest(
            running.releases().templateWith("index", disk("lonely/{VERSION_PLACEHOLDER}/")),
            true,
            Optional.empty(),
            false);
    assertThatThrownBy(() -> running.client().publish(Running.CHANNEL, request))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.NO_COMMON_VERSION);
              assertThat(refusal.detail()).contains("index", "2020-01-01T00-00-00", "pos");
            });
  }

  @Test
  void givenADatasetAheadOfTheOthers_whenEqualVersionsAreWanted_thenTheNewestThatAllHaveIsServed() {
    var common = running.releases().upload();
    var ahead = running.releases().claim();
    running.releases().bucket().putGenerated("index/" + ahead + "/part-0", 1000, 1);
    var request = new PublishRequest(running.releases().template(), true, Optional.empty(), false);

    running.publish(request);

    running.rollTo(common);
    assertThat(release(common).head()).isTrue();
  }

  @Test
  void givenTheSameContent_whenPublishedTwice_thenThereIsOneRelease() {
    running.rollTo(running.publishNext());
    int before = running.client().releases(Running.CHANNEL).size();

    var again =
        running.client().publish(Running.CHANNEL, Releases.request(running.releases().template()));

    assertThat(again.created()).isFalse();
    assertThat(running.client().releases(Running.CHANNEL)).hasSize(before);
  }

  @Test
  void givenFivePublishesInARow_whenTheyRoll_thenToTheNewestWithFewReloads() throws IOException {
    long before = reloads();
    var last = good;
    for (int i = 0; i < 5; i++) {
      last = running.publishNext();
    }
    running.rollTo(last);

    // Each replica goes to the newest; one may have begun with an earlier one.
    assertThat(reloads() - before).isBetween(3L, 6L);
  }

  @Test
  void givenAReleaseThatNoApplicationLoads_whenItRolls_thenItIsRejectedAndAllGoBack() {
    var broken = running.releases().uploadBroken();
    running.publish(running.releases().template());

    Await.until("it is rejected", Running.PATIENCE, () -> release(broken).rejected().isPresent());
    running.rollTo(good);

    assertThat(release(good).head()).isTrue();
  }

  @Test
  void givenARollOver_whenItIsRolledBack_thenAllGoBack() {
    var next = running.publishNext();
    Await.until(
        "one serves it",
        Running.PATIENCE,
        () -> running.status().filter(s -> s.rollout().onTarget() > 0).isPresent());

    running.client().rollback(Running.CHANNEL, Optional.of(good));
    running.rollTo(good);

    assertThat(release(next).rejected()).isPresent();
  }

  @Test
  void givenARollOver_whenTheManagerIsRestarted_thenItCompletes() {
    var next = running.publishNext();

    running.stage().manager().restart();
    running.rollTo(next);

    assertThat(running.stage().manager().isAlive()).isTrue();
  }

  @Test
  void givenAFullDisk_whenARolloutWaits_thenItSaysWhyAndGoesOnWhenThereIsSpace()
      throws IOException {
    var filler = running.stage().nodes().get(1).layout().root().resolve("filler");
    try (var bytes = new GeneratedStream(Running.DISK_BYTES, 1)) {
      Files.copy(bytes, filler);
    }
    try {
      var next = running.publishNext();
      Await.until(
          "it says so", Running.PATIENCE, () -> faults().contains(ErrorCode.INSUFFICIENT_SPACE));
      assertThat(running.allServe(next)).isFalse();

      Files.delete(filler);
      running.rollTo(next);
    } finally {
      Files.deleteIfExists(filler);
    }
  }

  @Test
  void givenAPin_whenANewerReleaseIsPublished_thenAllStayUntilItIsUnpinned() {
    running.client().pin(Running.CHANNEL, good);
    var next = running.publishNext();
    Await.until(
        "the target is the pin",
        Running.PATIENCE,
        () -> running.status().filter(s -> s.rollout().phase() == RolloutPhase.DONE).isPresent());
    assertThat(running.allServe(good)).isTrue();

    running.client().unpin(Running.CHANNEL);
    running.rollTo(next);

    assertThat(release(next).head()).isTrue();
  }

  private void refused(Map<String, TemplateDataset> template, ErrorCode code, String named) {
    assertThatThrownBy(() -> running.client().publish(Running.CHANNEL, Releases.request(template)))
        .isInstanceOfSatisfying(
            HydraException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(named);
    assertThat(running.allServe(good)).isTrue();
  }

  private TemplateDataset disk(String key) {
    return TemplateDataset.of(running.releases().bucket().url(key), Placement.DISK);
  }

  private ReleaseView release(ReleaseVersion version) {
    return running.client().releases(Running.CHANNEL).stream()
        .filter(view -> view.release().version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private List<ErrorCode> faults() {
    return running.status().stream()
        .flatMap(status -> status.nodes().stream())
        .map(NodeProgress::fault)
        .flatMap(Optional::stream)
        .map(Fault::code)
        .toList();
  }

  /** How often the applications say that they loaded something. */
  private long reloads() throws IOException {
    var lines = new ArrayList<String>();
    for (var replica : running.stage().replicas()) {
      lines.addAll(Files.readAllLines(replica.application().log()));
    }
    return lines.stream().filter(line -> line.contains("loaded release=")).count();
  }
}
