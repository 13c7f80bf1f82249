package io.hydra.docto.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeReportsTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Capacity DISK = new Capacity(10, 5);
  private static final Map<ChannelId, ReleaseRef> LIVE =
      Map.of(
          ChannelId.parse("prod/search/searcher"),
          new ReleaseRef(7, new ReleaseVersion("2026-11-08T09-00-00")));

  @Test
  void givenAnOrderForWhatIsAbsentThenItWaits() {
    assertThat(report(Optional.of(wanting(true)), Content.absent(A)).datasets())
        .containsExactly(
            new DatasetReport(
                A, CopyState.WAITING, CopyState.WAITING, 0, 100, 0, Optional.empty()));
  }

  @Test
  void givenNeitherOrderNorContentThenItIsNotReported() {
    assertThat(report(Optional.empty(), Content.absent(A)).datasets()).isEmpty();
  }

  @Test
  void givenAFetchThenItsBytes() {
    var fetching = Content.absent(A).withDisk(new DiskCopy.Fetching(30, 100)).received(10);

    assertThat(report(Optional.of(wanting(false)), fetching).datasets())
        .containsExactly(
            new DatasetReport(
                A, CopyState.MOVING, CopyState.ABSENT, 40, 100, 10, Optional.empty()));
  }

  @Test
  void givenContentThatIsOnlyRetainedThenItIsReported() {
    var ready = Content.absent(A).withDisk(new DiskCopy.Ready(committed()));

    assertThat(report(Optional.empty(), ready).datasets())
        .containsExactly(
            new DatasetReport(A, CopyState.READY, CopyState.ABSENT, 100, 100, 0, Optional.empty()));
  }

  @Test
  void givenACopyThatIsBeingRemovedThenItsSpaceIsKnownToBeComing() {
    var evicting =
        Content.absent(A).withDisk(new DiskCopy.Ready(committed())).withRam(new RamCopy.Evicting());

    assertThat(report(Optional.empty(), evicting).datasets().getFirst().ram())
        .isEqualTo(CopyState.EVICTING);
    assertThat(report(Optional.of(wanting(true)), evicting).datasets().getFirst().ram())
        .isEqualTo(CopyState.WAITING);
  }

  @Test
  void givenDamageThenItIsAFault() {
    var damaged = Content.absent(A).withDisk(new DiskCopy.Damaged("file 'x' is missing"));

    assertThat(report(Optional.empty(), damaged).datasets().getFirst().fault())
        .hasValueSatisfying(
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.VERIFICATION_FAILED));
  }

  @Test
  void givenSomethingUncheckedThenTheNodeIsNotSettled() {
    var uncertain = Content.absent(A).withRam(new RamCopy.Uncertain());

    assertThat(report(Optional.empty(), uncertain).settled()).isFalse();
    assertThat(report(Optional.empty(), uncertain.withRam(new RamCopy.Ready())).settled()).isTrue();
  }

  @Test
  void givenLiveFilesThenTheirReleasesAreReportedWithoutAnyOrder() {
    assertThat(report(Optional.empty(), Content.absent(A)).live()).isEqualTo(LIVE);
  }

  private static NodeReport report(Optional<NodeDesired> order, Content content) {
    return NodeReports.of(order, Map.of(A, content), DISK, Optional.empty(), LIVE);
  }

  private static NodeDesired wanting(boolean ram) {
    var dataset = new DesiredDataset(A, "s3://b/p/", 100, 1, ram, 0);
    return new NodeDesired(3, true, List.of(dataset), List.of(), List.of());
  }

  private static CommittedContent committed() {
    return new CommittedContent(A, 100, List.of());
  }
}
