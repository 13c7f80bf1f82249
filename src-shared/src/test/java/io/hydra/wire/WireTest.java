package io.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.layout.LiveFile;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written as JSON is read back the same, and its shape is the one that the documents show.
 */
class WireTest {
  private static final Digest DIGEST = Digest.sha256(new byte[0]);
  private static final ReleaseVersion VERSION = new ReleaseVersion("2026-11-08T09-00-00");

  static List<Object> records() {
    return List.of(
        new Release(
            ChannelId.parse("prod/search/searcher"),
            7,
            VERSION,
            Instant.parse("2026-11-08T09:10:00Z"),
            List.of(
                new ReleaseDataset(
                    new DatasetName("pos"),
                    "s3://models/pos/x",
                    Optional.of(VERSION),
                    Placement.RAM,
                    DIGEST,
                    12,
                    1))),
        new InstanceReport(
            3,
            InstanceState.SERVING,
            true,
            Optional.of(new ReleaseRef(7, VERSION)),
            Optional.empty(),
            false,
            Map.of(new DatasetName("pos"), DIGEST),
            Optional.empty(),
            Optional.of(new Fault(ErrorCode.RELOAD_FAILED, "it said 500"))),
        new NodeReport(
            3,
            true,
            new Capacity(2, 1),
            Optional.empty(),
            List.of(),
            Map.of(ChannelId.parse("prod/search/searcher"), new ReleaseRef(7, VERSION))),
        new LiveFile(
            ChannelId.parse("prod/search/searcher"),
            VERSION,
            7,
            1L << 40,
            Map.of(
                new DatasetName("pos"), new LiveFile.LiveDataset("/ram/x", DIGEST, Placement.RAM))),
        new ChannelSettings(
                Optional.empty(),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(90)))
            .over(ChannelSettings.DEFAULT),
        new NodeDesired(
            3,
            true,
            List.of(),
            List.of(DIGEST),
            List.of(),
            List.of(
                new ChannelClaim(
                    ChannelId.parse("prod/search/searcher"),
                    new Budget(Optional.of(1L << 40), Optional.empty()),
                    List.of(new ClaimedContent(DIGEST, 12, true, false))))),
        Problem.of(ErrorCode.UNKNOWN_CHANNEL, "no such channel", Map.of("channel", "a/b/c")));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordsAreReadAsTheyWereWritten(Object record) throws Exception {
    var mapper = HydraJson.mapper();

    assertThat(mapper.readValue(mapper.writeValueAsString(record), record.getClass()))
        .isEqualTo(record);
  }

  @Test
  void settingsThatAreLeftOutAreAbsentAndNotNull() throws Exception {
    var read = HydraJson.mapper().readValue("{\"retainOnNode\":3}", ChannelSettings.class);

    assertThat(read.retainOnNode()).contains(3);
    assertThat(read.maxUnavailable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"claims\":null"})
  void anOrderWithoutClaimsIsOneOfAnOlderManager(String claims) throws Exception {
    var text =
        "{\"epoch\":3,\"complete\":true,\"datasets\":[],\"retain\":[],\"live\":[]%s}"
            .formatted(claims);

    assertThat(HydraJson.mapper().readValue(text, NodeDesired.class).claims()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"live\":null"})
  void aNodesReportWithoutLiveFilesIsOneOfAnOlderAgent(String live) throws Exception {
    var text =
        "{\"epoch\":3,\"settled\":true,\"disk\":{\"total\":2,\"free\":1},\"datasets\":[]%s}"
            .formatted(live);

    assertThat(HydraJson.mapper().readValue(text, NodeReport.class).live()).isEmpty();
  }

  @Test
  void fieldsOfANewerPeerAreIgnored() throws Exception {
    assertThat(
            HydraJson.mapper().readValue("{\"total\":2,\"free\":1,\"newer\":true}", Capacity.class))
        .isEqualTo(new Capacity(2, 1));
  }
}
