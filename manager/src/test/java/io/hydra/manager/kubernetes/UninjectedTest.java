package io.hydra.manager.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.events.Announcement;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pods are told of, and how often. */
class UninjectedTest {
  private static final String ASKS = "\"annotations\": {\"hydra/inject\": \"true\"}";
  private final List<Announcement> told = new ArrayList<>();
  private final Uninjected uninjected = new Uninjected(told::add);

  private static ApiObject pod(String uid, String metadata, String spec) throws IOException {
    return HydraJson.mapper()
        .readValue(
            """
            {"metadata": {"name": "a", "namespace": "n", "uid": "%s", "resourceVersion": "1", %s},
             "spec": {"nodeName": "node-1", %s}}
            """
                .formatted(uid, metadata, spec),
            ApiObject.class);
  }

  private static ApiObject bare(String uid) throws IOException {
    return pod(uid, ASKS, "\"containers\": [{\"name\": \"main\"}]");
  }

  @Test
  void givenAPodThatAsksAndHasNoAppMan_thenItIsToldOfOnceAndCounted() throws IOException {
    uninjected.put(bare("1"));
    uninjected.put(bare("1"));

    assertThat(told).singleElement().extracting(Announcement::reason).isEqualTo("HydraNotInjected");
    assertThat(uninjected.size()).isOne();
  }

  @Test
  void givenItIsDeletedAndCreatedAnewWithoutIt_thenThatIsToldAgain() throws IOException {
    uninjected.put(bare("1"));
    uninjected.put(bare("2"));

    assertThat(told).hasSize(2);
    assertThat(uninjected.size()).isOne();
  }

  @Test
  void givenOneThatEndsOrIsGone_thenItIsNotCounted() throws IOException {
    uninjected.put(bare("1"));
    uninjected.put(
        pod("1", ASKS + ", \"deletionTimestamp\": \"2026-11-08T09:00:00Z\"", "\"containers\": []"));
    assertThat(uninjected.size()).isZero();
    uninjected.put(bare("2"));
    uninjected.remove(bare("2").name());
    assertThat(uninjected.size()).isZero();
  }

  @Test
  void givenAppManOrNoWish_thenNothingIsTold() throws IOException {
    uninjected.put(pod("1", ASKS, "\"initContainers\": [{\"name\": \"hydra-appman\"}]"));
    uninjected.put(pod("2", ASKS, "\"containers\": [{\"name\": \"hydra-appman\"}]"));
    uninjected.put(pod("3", ASKS.replace("true", "false"), "\"containers\": []"));
    uninjected.put(pod("4", "\"labels\": {\"hydra/other\": \"true\"}", "\"containers\": []"));

    assertThat(told).isEmpty();
    assertThat(uninjected.size()).isZero();
  }

  @Test
  void givenALabel_thenItCountsAsWell() throws IOException {
    uninjected.put(pod("1", "\"labels\": {\"hydra/inject\": \"true\"}", "\"containers\": []"));

    assertThat(told).hasSize(1);
  }
}
