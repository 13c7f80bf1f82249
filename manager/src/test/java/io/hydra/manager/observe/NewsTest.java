package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewsTest {
  private static final Capacity DISK = new Capacity(1000, 500);
  private static final Capacity RAM = new Capacity(100, 50);
  private static final ChannelId CHANNEL = new ChannelId("prod", "shop", "search");

  private static DatasetReport dataset(String name, CopyState disk, CopyState ram) {
    return new DatasetReport(digest(name), disk, ram, 1, 1, 1, Optional.empty());
  }

  private static Digest digest(String name) {
    return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
  }

  private static NodeReport report(DatasetReport... datasets) {
    return new NodeReport(1, true, DISK, Optional.of(RAM), List.of(datasets));
  }

  private static NodeReport live(long sequence) {
    var ref = new ReleaseRef(sequence, new ReleaseVersion("v" + sequence));
    return new NodeReport(1, true, DISK, Optional.of(RAM), List.of(), Map.of(CHANNEL, ref));
  }

  private static News between(NodeReport before, NodeReport after) {
    return News.between(Optional.of(before), after);
  }

  @Test
  void givenAFirstReport_thenItConcernsAll() {
    assertThat(News.between(Optional.empty(), report()).concernsAll()).isTrue();
  }

  @Test
  void givenDatasetsThatComeChangeAndGo_thenTheyAreTheNews() {
    var before =
        report(
            dataset("same", CopyState.READY, CopyState.ABSENT),
            dataset("changed", CopyState.MOVING, CopyState.ABSENT),
            dataset("gone", CopyState.READY, CopyState.ABSENT));
    var after =
        report(
            dataset("same", CopyState.READY, CopyState.ABSENT),
            dataset("changed", CopyState.READY, CopyState.ABSENT),
            dataset("new", CopyState.WAITING, CopyState.ABSENT));

    var news = between(before, after);

    assertThat(news.concernsAll()).isFalse();
    assertThat(news.datasets())
        .containsExactlyInAnyOrder(digest("changed"), digest("gone"), digest("new"));
  }

  @Test
  void givenACopyInRam_whenItComesOrGoes_thenItConcernsAllWhoShareTheRam() {
    var without = report(dataset("d", CopyState.READY, CopyState.ABSENT));
    var with = report(dataset("d", CopyState.READY, CopyState.MOVING));

    assertThat(between(without, with).concernsAll()).isTrue();
    assertThat(between(with, without).concernsAll()).isTrue();
  }

  @Test
  void givenOtherFreeRam_thenItConcernsAll() {
    var less =
        new NodeReport(1, true, DISK, Optional.of(new Capacity(100, 40)), List.of(), Map.of());

    assertThat(between(report(), less).concernsAll()).isTrue();
  }

  @Test
  void givenAllChecked_thenItConcernsAll() {
    var unsettled = new NodeReport(1, false, DISK, Optional.of(RAM), List.of(), Map.of());

    assertThat(between(unsettled, report()).concernsAll()).isTrue();
  }

  @Test
  void givenALiveFileThatComesChangesOrGoes_thenItsChannelIsTheNews() {
    assertThat(between(report(), live(1)).live()).containsExactly(CHANNEL);
    assertThat(between(live(1), live(2)).live()).containsExactly(CHANNEL);
    assertThat(between(live(2), report()).live()).containsExactly(CHANNEL);
    assertThat(between(live(2), live(2)).live()).isEmpty();
  }

  @Test
  void givenOnlyAnotherEpochOrFreeDisk_thenNoChannelIsConcerned() {
    var after =
        new NodeReport(2, true, new Capacity(1000, 400), Optional.of(RAM), List.of(), Map.of());

    assertThat(between(report(), after)).isEqualTo(new News(false, false, Set.of(), Set.of()));
  }

  @Test
  void givenProgressOnly_thenItIsNotUrgent() {
    var before = report(dataset("d", CopyState.MOVING, CopyState.ABSENT));
    var further =
        new DatasetReport(
            digest("d"), CopyState.MOVING, CopyState.ABSENT, 0, 1, 1, Optional.empty());

    var news = between(before, report(further));

    assertThat(news.urgent()).isFalse();
    assertThat(news.datasets()).containsExactly(digest("d"));
  }

  @Test
  void givenACopyInAnotherState_orAFault_thenItIsUrgent() {
    var moving = dataset("d", CopyState.MOVING, CopyState.ABSENT);
    var ready = dataset("d", CopyState.READY, CopyState.ABSENT);
    var stuck =
        new DatasetReport(
            digest("d"),
            CopyState.MOVING,
            CopyState.ABSENT,
            1,
            1,
            1,
            Optional.of(new Fault(ErrorCode.INSUFFICIENT_SPACE, "full")));

    assertThat(between(report(moving), report(ready)).urgent()).isTrue();
    assertThat(between(report(moving), report(stuck)).urgent()).isTrue();
    assertThat(between(report(), report(ready)).urgent()).isTrue();
    assertThat(between(report(ready), report()).urgent()).isTrue();
  }

  @Test
  void givenADatasetThatIsNowhereYet_thenItIsNotUrgent() {
    var nowhere = dataset("d", CopyState.ABSENT, CopyState.ABSENT);

    assertThat(between(report(), report(nowhere)).urgent()).isFalse();
  }

  @Test
  void givenOtherFreeRam_orAFirstReport_thenItIsUrgent() {
    var less =
        new NodeReport(1, true, DISK, Optional.of(new Capacity(100, 40)), List.of(), Map.of());

    assertThat(between(report(), less).urgent()).isTrue();
    assertThat(News.between(Optional.empty(), report()).urgent()).isTrue();
  }
}
