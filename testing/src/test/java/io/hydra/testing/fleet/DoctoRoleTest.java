package io.hydra.testing.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctoRoleTest {
  private static final Digest OLD = Digest.sha256("old".getBytes(UTF_8));
  private static final Digest NEW = Digest.sha256("new".getBytes(UTF_8));

  private final DoctoRole docto = new DoctoRole(new NodeName("node-1"), Map.of());

  private static byte[] order(boolean complete, Digest wanted, Digest... retained) {
    var dataset = new DesiredDataset(wanted, "inline:", 7, 1, false, 0);
    return Json.write(new NodeDesired(5, complete, List.of(dataset), List.of(retained), List.of()));
  }

  private List<DatasetReport> reported() throws IOException {
    return Json.read(docto.report(5), NodeReport.class).datasets();
  }

  private void carryOut(byte[] order) throws IOException {
    docto.take(order);
    docto.complete();
  }

  @Test
  void givenAnOrder_whenItIsTaken_thenWhatIsMissingWaitsAndThenIsReady() throws IOException {
    assertThat(docto.take(order(true, NEW))).containsExactly(NEW);
    assertThat(reported()).extracting(DatasetReport::disk).containsExactly(CopyState.WAITING);

    docto.complete();
    assertThat(reported())
        .singleElement()
        .satisfies(
            dataset -> {
              assertThat(dataset.digest()).isEqualTo(NEW);
              assertThat(dataset.disk()).isEqualTo(CopyState.READY);
              assertThat(dataset.totalBytes()).isEqualTo(7);
            });
  }

  @Test
  void givenContentThatIsThere_whenItIsOrderedAgain_thenItIsNotAskedFor() throws IOException {
    carryOut(order(true, NEW));

    assertThat(docto.take(order(true, NEW))).isEmpty();
  }

  @Test
  void givenWhatIsNeitherWantedNorRetained_whenTheOrderIsComplete_thenItGoes() throws IOException {
    carryOut(order(true, OLD));
    carryOut(order(true, NEW, OLD));
    assertThat(docto.ready()).containsExactlyInAnyOrder(OLD, NEW);

    carryOut(order(false, NEW));
    assertThat(docto.ready()).containsExactlyInAnyOrder(OLD, NEW);

    carryOut(order(true, NEW));
    assertThat(docto.ready()).containsExactly(NEW);
  }

  @Test
  void givenAnOrder_whenItIsLookedAt_thenItsEpochAndContentAreFound() {
    assertThat(Json.epoch(order(true, NEW))).isEqualTo(5);
    assertThat(Json.epoch("{}".getBytes(UTF_8))).isZero();
    assertThat(Json.names(order(true, NEW), NEW)).isTrue();
    assertThat(Json.names(order(true, NEW), OLD)).isFalse();
  }
}
