package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.feedback.ReadyNodes.Readiness;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeLabelerTest {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final String KEY = "hydra/ready.prod.search.searcher";
  private static final NodeName N1 = NodeName.of("n1");
  private static final Readiness HAS =
      new Readiness.Has(new ReleaseRef(1, ReleaseVersion.of("2026-11-01T09-00-00")));

  private final NodeLabeler labeler = new NodeLabeler();

  /** The change as JSON; empty for none. */
  private String change(Map<String, String> present) {
    return labeler
        .change(N1, present, key -> key.endsWith("stray"))
        .map(errand -> errand.change().at("/metadata/labels").toString())
        .orElse("");
  }

  @Test
  void givenANodeThatHasTheData_thenItGetsTheLabelOnce() {
    assertThat(labeler.put(CHANNEL, Map.of(N1, HAS))).containsExactly(N1);

    assertThat(change(Map.of())).isEqualTo("{\"%s\":\"2026-11-01T09-00-00\"}".formatted(KEY));
    assertThat(change(Map.of(KEY, "2026-11-01T09-00-00"))).isEmpty();
    assertThat(change(Map.of(KEY, "older"))).contains("2026-11-01T09-00-00");
  }

  @Test
  void givenANodeThatHasItNoMore_thenTheLabelGoes() {
    labeler.put(CHANNEL, Map.of(N1, new Readiness.HasNot()));

    assertThat(change(Map.of(KEY, "any"))).isEqualTo("{\"%s\":null}".formatted(KEY));
    assertThat(change(Map.of())).isEmpty();
  }

  @Test
  void givenANodeThatTakesNoPartAnyMore_thenItIsLookedAtAndTheLabelGoes() {
    labeler.put(CHANNEL, Map.of(N1, HAS));

    assertThat(labeler.put(CHANNEL, Map.of())).containsExactly(N1);
    assertThat(change(Map.of(KEY, "any"))).isEqualTo("{\"%s\":null}".formatted(KEY));
  }

  @Test
  void givenAChannelThatIsGone_thenItsLabelGoes() {
    labeler.put(CHANNEL, Map.of(N1, HAS));

    assertThat(labeler.forget(CHANNEL)).containsExactly(N1);
    assertThat(change(Map.of(KEY, "any"))).isEqualTo("{\"%s\":null}".formatted(KEY));
  }

  @Test
  void givenANodeOfWhichNothingIsKnown_thenItsLabelStaysAsItIs() {
    labeler.put(CHANNEL, Map.of(N1, new Readiness.Unknown()));

    assertThat(change(Map.of(KEY, "any"))).isEmpty();
    assertThat(change(Map.of())).isEmpty();
  }

  @Test
  void givenLabelsOfNoChannelThatIsKnown_thenOnlyStraysGo() {
    assertThat(change(Map.of("hydra/ready.prod.stray", "1", "hydra/ready.moon.a.b", "1")))
        .isEqualTo("{\"hydra/ready.prod.stray\":null}");
  }

  @Test
  void givenTwoChannels_thenOneChangeHasBoth() {
    labeler.put(CHANNEL, Map.of(N1, HAS));
    labeler.put(ChannelId.parse("prod/search/other"), Map.of(N1, HAS));

    assertThat(labeler.change(N1, Map.of(), key -> false).map(Errand::path))
        .isEqualTo(Optional.of("/api/v1/nodes/n1"));
    assertThat(change(Map.of())).contains(KEY, "hydra/ready.prod.search.other");
  }
}
