package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is installed of Hydra.
 *
 * @param kustomization its directory
 * @param manager kind and name of what the managers' pods belong to
 * @param authority who signed the managers' certificate; empty where they speak plain HTTP
 */
record Overlay(Path kustomization, String manager, Optional<Path> authority) {
  /** The images that run on the JVM, with a patch to go on with. */
  static final String ON_JVM =
      """
      images:
      - {name: hydra.local/hydra-manager, newTag: 0.1.0-SNAPSHOT-jvm}
      - {name: hydra.local/hydra-docto, newTag: 0.1.0-SNAPSHOT-jvm}
      patches:
      - patch: |-
          {apiVersion: v1, kind: ConfigMap, metadata: {name: hydra-manager, namespace: hydra},
           data: {HYDRA_KUBERNETES_INJECTION_APPMAN_IMAGE: "hydra.local/hydra-appman:0.1.0-SNAPSHOT-jvm",
                  HYDRA_KUBERNETES_INJECTION_APPMAN_MEMORY_REQUEST: 128Mi,
                  HYDRA_KUBERNETES_INJECTION_APPMAN_MEMORY_LIMIT: 256Mi}}
      """;

  /** One manager with its state on a volume. */
  static Overlay ofOneManager(Cluster cluster, boolean jvm) throws IOException {
    var dev = "src/main/kubernetes/overlays/dev";
    // Clusters that were started here provide no volumes by themselves.
    var resources = cluster.isOurs() ? List.of(dev, "testing/kubernetes/state") : List.of(dev);
    return new Overlay(
        Kustomization.write(cluster.root(), resources, jvm ? ON_JVM : ""),
        "statefulset/hydra-manager",
        Optional.empty());
  }

  String scheme() {
    return authority.isPresent() ? "https" : "http";
  }
}
