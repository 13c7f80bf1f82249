package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the manifests grant to Hydra's accounts is what the other tests needed: nothing missing
 * (each sees to that itself), nothing more. Means something only after all of them.
 */
@Order(Integer.MAX_VALUE)
class GrantedRightsIT {
  @Test
  void givenAllTests_thenTheyUsedAllThatTheManifestsGrant() throws IOException {
    assumeTrue(
        "all".equals(System.getenv("HYDRA_KUBERNETES_TESTS")),
        "not all tests were run: make test-kubernetes");
    var used = UsedRights.ofAllTests();
    try (var cluster = TestCluster.start("granted-rights")) {
      for (var overlay : Manifests.overlays()) {
        cluster.kubectl("apply", "--server-side", "--kustomize=" + overlay);
      }
      var everything = Manifests.overlayWith(Manifests.components());
      cluster.kubectl("apply", "--server-side", "--kustomize=" + everything);

      assertThat(UsedRights.idle(cluster.granted(), used)).isEmpty();
      assertThat(UsedRights.beyond(used, cluster.granted())).isEmpty();
    }
  }
}
