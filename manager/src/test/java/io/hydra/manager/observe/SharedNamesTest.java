package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedNamesTest {
  private final SharedNames names = new SharedNames();

  private static NodeReport report(long epoch, long downloaded) {
    return new NodeReport(
        epoch,
        true,
        new Capacity(100, 50),
        Optional.of(new Capacity(10, 5)),
        List.of(
            new DatasetReport(
                Digest.of("a".repeat(64)),
                CopyState.READY,
                CopyState.ABSENT,
                10,
                10,
                downloaded,
                Optional.empty())),
        Map.of(
            ChannelId.parse("prod/search/a"),
            new ReleaseRef(7, ReleaseVersion.of("2026-01-01T00-00-00"))));
  }

  @Test
  void givenAReport_thenItSaysTheSame() {
    assertThat(names.in(report(3, 1))).isEqualTo(report(3, 1));
  }

  @Test
  void givenReportsOfTwoNodesOfTheSame_thenTheyShareWhatSaysIt() {
    var one = names.in(report(3, 1));
    var other = names.in(report(4, 1));

    assertThat(other.datasets().getFirst()).isSameAs(one.datasets().getFirst());
    assertThat(key(other)).isSameAs(key(one));
    assertThat(other.live().get(key(other))).isSameAs(one.live().get(key(one)));
  }

  @Test
  void givenReportsThatDiffer_thenEachHasItsOwn() {
    names.in(report(3, 1));

    assertThat(names.in(report(3, 2))).isEqualTo(report(3, 2));
  }

  private static ChannelId key(NodeReport report) {
    return report.live().keySet().iterator().next();
  }
}
