package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster of {@code testing/cluster/cluster}, which may also be one of the user's.
 *
 * @param root of the checkout
 * @param directory that it keeps its data in
 * @param environment of the script
 */
record Cluster(Path root, Path directory, Map<String, String> environment) {
  private static final int ANY_PORT = 9;

  /** What the script ends with where something cannot be had on this machine. */
  private static final int UNAVAILABLE = 3;

  /** Something that a cluster needs cannot be had here. */
  static final class Unavailable extends IOException {
    Unavailable(String why) {
      super(why);
    }
  }

  /** The one that people start. */
  static Cluster ofCheckout(Path root) {
    return new Cluster(
        root,
        Optional.ofNullable(System.getenv("HYDRA_CLUSTER_DIR"))
            .map(Path::of)
            .orElse(root.resolve("target/cluster")),
        Map.of());
  }

  /**
   * Runs kubectl to its end.
   *
   * @return what it printed
   * @throws IOException with all that it printed, when it failed
   */
  String kubectl(String... arguments) throws IOException {
    return kubectl("", arguments);
  }

  /** As {@code kubectl(arguments)}, which reads {@code input}. */
  private String kubectl(String input, String[] arguments) throws IOException {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(Arrays.asList(arguments));
    return run(input, command);
  }

  /** Creates or changes the objects that the YAML describes. */
  void apply(String yaml) throws IOException {
    kubectl(yaml, new String[] {"apply", "--server-side", "--filename=-"});
  }

  /**
   * Any other command of the script.
   *
   * @return what it printed
   */
  String run(String... arguments) throws IOException {
    return run("", Arrays.asList(arguments));
  }

  private String run(String input, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of("testing/cluster/cluster"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("HYDRA_CLUSTER_DIR", directory.toString());
    var process = builder.start();
    try (var standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(StandardCharsets.UTF_8));
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    refuseFailure(process, String.join(" ", arguments) + ": " + output.strip());
    return output.strip();
  }

  private static void refuseFailure(Process process, String what) throws IOException {
    try {
      int code = process.waitFor();
      if (code == UNAVAILABLE) {
        throw new Unavailable(what);
      }
      if (code != 0) {
        throw new IOException(what);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Where its API server listens. */
  URI apiServer() throws IOException {
    return URI.create(kubectl("config", "view", "--output=jsonpath={.clusters[0].cluster.server}"));
  }

  /** Who signed the API server's certificate. */
  Path authority() {
    return directory.resolve("certificates/ca.crt");
  }

  /** What the API server noted of each request, an object of JSON a line. */
  Path audit() {
    return directory.resolve("logs/audit.jsonl");
  }

  /** Whether it was started here, and not by the user. */
  boolean isOurs() {
    return Optional.ofNullable(System.getenv("HYDRA_KUBE_CONTEXT")).orElse("").isEmpty();
  }

  /** Address of this machine that pods reach: the one from which it reaches nodes. */
  String machine() throws IOException {
    if (isOurs()) {
      return apiServer().getHost();
    }
    try (var socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByName(node()), ANY_PORT);
      return socket.getLocalAddress().getHostAddress();
    }
  }

  private String node() throws IOException {
    return kubectl(
        "get",
        "nodes",
        "--output=jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}");
  }

  /**
   * Where a service answers here: at its own address in a cluster that was started here, at a port
   * of a node, which it gets for that, in another.
   */
  URI service(String namespace, String name) throws IOException {
    var path = isOurs() ? "{.spec.clusterIP}:{.spec.ports[0].port}" : "{.spec.ports[0].nodePort}";
    var of = "--namespace=" + namespace;
    if (!isOurs()) {
      kubectl(of, "patch", "service", name, "--patch={\"spec\":{\"type\":\"NodePort\"}}");
    }
    var found = kubectl(of, "get", "service", name, "--output=jsonpath=" + path);
    return URI.create("http://" + (isOurs() ? found : node() + ":" + found));
  }
}
