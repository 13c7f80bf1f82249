package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.observe.SharedNames;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Capacity;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportMemoryTest {
  private static final NodeName N1 = NodeName.of("n1");
  private static final NodeName N2 = NodeName.of("n2");
  private static final NodeName UNKNOWN = NodeName.of("n3");

  private final Roster roster = new Roster();
  private final Registrations registrations =
      new Registrations(new FakeStore(), new FakeChannels(), roster);
  private final ReportMemory memory =
      new ReportMemory(roster, new SharedNames(), HydraJson.mapper());
  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void register() {
    registrations.registerNode(new NodeRegistration(N1, Map.of(), "/a", "test"));
    registrations.registerNode(new NodeRegistration(N2, Map.of(), "/a", "test"));
  }

  private @Nullable NodeReport report(NodeName node, String body) throws IOException {
    return memory.node(node, body.getBytes(StandardCharsets.UTF_8), this::parse);
  }

  private NodeReport parse(byte[] body) {
    read.add(new String(body, StandardCharsets.UTF_8));
    return new NodeReport(read.size(), true, new Capacity(2, 1), Optional.empty(), List.of());
  }

  @Test
  void givenTheSameBytes_whenReportedAgain_thenItIsTheSameReport() throws IOException {
    var first = report(N1, "a");

    assertThat(report(N1, "a")).isSameAs(first);
    assertThat(report(N1, "a")).isSameAs(first);
    assertThat(read).containsExactly("a");
  }

  @Test
  void givenOtherBytes_whenReported_thenTheyAreReadAndTheOnlyOnesKnown() throws IOException {
    var first = report(N1, "a");
    var second = report(N1, "b");

    assertThat(report(N1, "b")).isSameAs(second);
    assertThat(report(N1, "a")).isNotSameAs(first);
    assertThat(read).containsExactly("a", "b", "a");
  }

  @Test
  void givenTheBytesOfAnother_whenReported_thenTheyAreRead() throws IOException {
    var first = report(N1, "a");

    assertThat(report(N2, "a")).isNotSameAs(first);
    assertThat(read).containsExactly("a", "a");
  }

  @Test
  void givenWhoIsNotRegistered_whenReported_thenNothingIsKept() throws IOException {
    var first = report(UNKNOWN, "a");

    assertThat(report(UNKNOWN, "a")).isNotSameAs(first);
  }

  @Test
  void givenOneThatWasForgotten_whenItIsBack_thenItsReportIsReadAnew() throws IOException {
    var first = report(N1, "a");
    registrations.forgetNode(N1);
    register();

    assertThat(report(N1, "a")).isNotSameAs(first);
  }

  @Test
  void givenWhatCannotBeRead_whenReported_thenItFailsEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  memory.node(
                      N1,
                      new byte[1],
                      body -> {
                        throw new IOException("unreadable");
                      }))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenABodyThatSaysNull_whenReported_thenThereIsNone() throws IOException {
    assertThat(memory.node(N1, new byte[1], _ -> null)).isNull();
    assertThat(memory.node(N1, new byte[1], this::parse)).isNotNull();
  }

  @Test
  void givenAnInstance_whenItRepeatsItself_thenItIsTheSameReport() throws IOException {
    var id = InstanceId.of("i1");
    registrations.registerInstance(
        new InstanceRegistration(id, ChannelId.parse("prod/search/a"), N1));
    var body = "a".getBytes(StandardCharsets.UTF_8);
    var report = memory.instance(id, body, _ -> waiting(0));

    assertThat(memory.instance(id, body, _ -> waiting(1))).isSameAs(report);
  }

  private static InstanceReport waiting(long epoch) {
    return new InstanceReport(
        epoch,
        InstanceState.WAITING,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }
}
