package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cluster that {@code testing/cluster/cluster} started.
 *
 * @param root of the checkout
 */
record Cluster(Path root) {
  /**
   * Runs kubectl to its end.
   *
   * @return what it printed
   * @throws IOException with all that it printed, when it failed
   */
  String kubectl(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("testing/cluster/cluster", "kubectl"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("kubectl " + String.join(" ", arguments) + ": " + output.strip());
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    return output.strip();
  }

  /** Address of this machine that pods reach: the one that the API server listens on. */
  String machine() throws IOException {
    return URI.create(kubectl("config", "view", "--output=jsonpath={.clusters[0].cluster.server}"))
        .getHost();
  }

  /** Where a service answers inside of the cluster, and here. */
  URI service(String namespace, String name) throws IOException {
    var address =
        kubectl(
            "--namespace=" + namespace,
            "get",
            "service",
            name,
            "--output=jsonpath={.spec.clusterIP}:{.spec.ports[0].port}");
    return URI.create("http://" + address);
  }
}
