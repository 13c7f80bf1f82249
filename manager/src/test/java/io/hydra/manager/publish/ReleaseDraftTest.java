package io.hydra.manager.publish;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.version;
import static io.hydra.manager.channel.Samples.withReleases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Samples;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseDraftTest {

  @Test
  void givenANewerDatasetVersionThenTheReleaseHasTheNewestOfThem() {
    var draft = draft(versioned("index", 5), versioned("model", 7), unversioned("words"));

    assertThat(draft.next(withReleases(2)).version()).isEqualTo(version(7));
  }

  @Test
  void givenNoReleaseYetThenAnyDatasetVersionWillDo() {
    assertThat(draft(versioned("index", 1)).next(withReleases(0)).version()).isEqualTo(version(1));
  }

  @Test
  void givenOnlyUnversionedDatasetsThenTheReleaseHasTheTimeOfPublishing() {
    assertThat(draft(unversioned("words")).next(withReleases(2)).version())
        .isEqualTo(new ReleaseVersion("2026-11-08T12-00-00"));
  }

  @Test
  void givenTheSameDatasetVersionsWithOtherContentThenTheReleaseHasTheTimeOfPublishing() {
    var draft = draft(versioned("index", 2), versioned("added", 2));

    assertThat(draft.next(withReleases(2)).version())
        .isEqualTo(new ReleaseVersion("2026-11-08T12-00-00"));
  }

  @Test
  void givenTheClockIsBehindTheLastReleaseThenTheVersionIsASecondAfterIt() {
    var draft = draft(Instant.parse("2026-11-01T00:00:00Z"), unversioned("words"));

    assertThat(draft.next(withReleases(2)).version())
        .isEqualTo(new ReleaseVersion("2026-11-02T00-00-01"));
  }

  @Test
  void givenTwoPublishesInOneSecondThenTheirVersionsDiffer() {
    var first = draft(unversioned("words"));
    var channel = withReleases(1).append(first.next(withReleases(1)), Optional.empty());

    assertThat(draft(unversioned("other")).next(channel).version())
        .isEqualTo(new ReleaseVersion("2026-11-08T12-00-01"));
  }

  @Test
  void givenANewerReleaseWasRolledBackThenItsVersionIsNotGivenAgain() {
    var channel = withReleases(3).rollback(Optional.of(version(2)), NOW);

    var next = draft(versioned("index", 3), unversioned("added")).next(channel);

    assertThat(next.version()).isEqualTo(new ReleaseVersion("2026-11-08T12-00-00"));
    assertThat(next.sequence()).isEqualTo(4);
  }

  @Test
  void givenADottedSchemeThenVersionsAreOrderedByNumber() {
    var channel = dotted("1.9");

    assertThat(draft(dottedDataset("index", "1.10")).next(channel).version())
        .isEqualTo(new ReleaseVersion("1.10"));
  }

  private static ChannelSettings scheme(VersionScheme scheme) {
    return new ChannelSettings(
        Optional.of(scheme),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void givenASchemeThatWasAnotherMeanwhileThenNoVersionIsGivenTwice() {
    var dotted = withReleases(8).withSettings(scheme(VersionScheme.DOTTED));
    var changed =
        Samples.append(dotted, new ReleaseVersion("1.10"), Samples.manifest("dotted"))
            .withSettings(scheme(VersionScheme.TIMESTAMP));

    var next = draft(versioned("index", 8), unversioned("added")).next(changed);

    assertThat(next.version()).isEqualTo(new ReleaseVersion("2026-11-08T12-00-00"));
    assertThat(
            draft(Instant.parse("2026-11-01T00:00:00Z"), unversioned("x")).next(changed).version())
        .isEqualTo(new ReleaseVersion("2026-11-08T00-00-01"));
  }

  @Test
  void givenADottedSchemeAndNoNewerVersionThenRefusedWithAReason() {
    assertRefused(
        ErrorCode.INVALID_REQUEST,
        "newer than 1.9",
        () -> draft(dottedDataset("index", "1.9"), unversioned("added")).next(dotted("1.9")));
  }

  @Test
  void givenTheSameDatasetsInAnotherOrderThenTheContentIsTheSame() {
    var a = new PlacedDataset(new DatasetName("a"), Digest.sha256(new byte[1]), Placement.DISK);
    var b = new PlacedDataset(new DatasetName("b"), Digest.sha256(new byte[2]), Placement.RAM);
    var inRam = new PlacedDataset(a.name(), a.digest(), Placement.RAM);

    assertThat(ReleaseDraft.sameContent(List.of(a, b), List.of(b, a))).isTrue();
    assertThat(ReleaseDraft.sameContent(List.of(a, b), List.of(inRam, b))).isFalse();
    assertThat(ReleaseDraft.sameContent(List.of(a, b), List.of(a))).isFalse();
  }

  @Test
  void givenADatasetOlderThanInTheHeadThenRefusedByName() {
    assertRefused(
        ErrorCode.OLDER_THAN_HEAD,
        "dataset 'index'",
        () -> draft(versioned("index", 1), versioned("model", 9)).next(withReleases(2)));
  }

  @Test
  void givenADatasetOlderThanInTheStagedReleaseThenRefusedWithAWayOut() {
    var channel =
        Samples.append(
            withReleases(1)
                .withSettings(ChannelSettings.builder().promotion(Promotion.MANUAL).build()),
            version(3),
            Samples.manifest("3"));

    assertRefused(
        ErrorCode.OLDER_THAN_HEAD,
        "hydra reject " + version(3),
        () -> draft(versioned("index", 2)).next(channel));
    assertThat(draft(versioned("index", 2)).next(channel.reject(2, "bad", NOW)).sequence())
        .isEqualTo(3);
  }

  @Test
  void givenADatasetOfAnotherNameThatIsOlderThenItIsNoHindrance() {
    assertThat(draft(versioned("added", 1)).next(withReleases(2)).sequence()).isEqualTo(3);
  }

  @Test
  void givenARollbackWhenTheRejectedVersionIsFollowedByAnOlderOneThenOnlyTheHeadCounts() {
    var channel = withReleases(3).rollback(Optional.of(version(1)), NOW);

    assertThat(draft(versioned("index", 2)).next(channel).sequence()).isEqualTo(4);
  }

  @Test
  void givenTheContentOfTheNewestReleaseThenThatOneExists() {
    var channel = withReleases(2);
    var same = contentOf(2, Placement.DISK);

    assertThat(draft(same).existing(channel)).isEqualTo(channel.newest());
  }

  @Test
  void givenTheContentOfAnOlderReleaseThenNoneExists() {
    assertThat(draft(contentOf(1, Placement.DISK)).existing(withReleases(2))).isEmpty();
  }

  @Test
  void givenTheSameContentInAnotherPlaceThenNoneExists() {
    assertThat(draft(contentOf(2, Placement.RAM)).existing(withReleases(2))).isEmpty();
  }

  @Test
  void givenTheNewestReleaseHasThisContentAndWasRejectedThenRefusedWithAWayOut() {
    var channel = withReleases(2).reject(2, "instance a failed to load it", NOW);

    assertRefused(
        ErrorCode.RELEASE_REJECTED,
        "hydra pin",
        () -> draft(contentOf(2, Placement.DISK)).existing(channel));
  }

  private static ReleaseDataset contentOf(int release, Placement placement) {
    return dataset(
        "index", Optional.of(version(release)), placement, Samples.manifest("content " + release));
  }

  private static ReleaseDraft draft(ReleaseDataset... datasets) {
    return draft(NOW, datasets);
  }

  private static ReleaseDraft draft(Instant now, ReleaseDataset... datasets) {
    return ReleaseDraft.of(List.of(datasets), now);
  }

  private static ReleaseDataset versioned(String name, int day) {
    return dataset(
        name, Optional.of(version(day)), Placement.DISK, Samples.manifest(name + " of " + day));
  }

  private static ReleaseDataset dottedDataset(String name, String version) {
    return dataset(
        name,
        Optional.of(new ReleaseVersion(version)),
        Placement.DISK,
        Samples.manifest(name + " of " + version));
  }

  private static ReleaseDataset unversioned(String name) {
    return dataset(name, Optional.empty(), Placement.DISK, Samples.manifest(name));
  }

  private static ReleaseDataset dataset(
      String name, Optional<ReleaseVersion> version, Placement placement, Manifest manifest) {
    return new ReleaseDataset(
        new DatasetName(name), "s3://b/" + name, version, placement, manifest.digest(), 1, 1);
  }

  private static Channel dotted(String head) {
    var settings =
        new ChannelSettings(
            Optional.of(VersionScheme.DOTTED),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Samples.append(
        Channel.create(Samples.SEARCHER, settings),
        new ReleaseVersion(head),
        Samples.manifest("head"));
  }

  private static void assertRefused(ErrorCode code, String detail, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.detail()).contains(detail);
            });
  }
}
