package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Kubernetes for the tests of one class. */
final class TestCluster implements AutoCloseable {
  private static final String MANIFESTS = "src/main/kubernetes/base/";
  private static final String ACCOUNT = "hydra-manager";

  private final Cluster cluster;
  private final ObjectMapper json = new ObjectMapper();

  private TestCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts one, with the namespaces, accounts and rights of the manifests in it. Where it cannot be
   * had the test is skipped, and fails with {@code CI=true}.
   *
   * @param nodes as for {@code cluster up}
   */
  static TestCluster start(String name, String... nodes) throws IOException {
    return start(name, Map.of(), nodes);
  }

  /**
   * @param environment of the cluster's script
   */
  static TestCluster start(String name, Map<String, String> environment, String... nodes)
      throws IOException {
    assumeTrue(
        Set.of("yes", "all").contains(System.getenv().getOrDefault("HYDRA_KUBERNETES_TESTS", "")),
        "it starts a Kubernetes: make test-kubernetes");
    var root = Repository.root();
    var parent =
        Optional.ofNullable(System.getenv("HYDRA_CLUSTER_DIR"))
            .map(Path::of)
            .orElse(root.resolve("target/test-kubernetes"));
    var started = new TestCluster(new Cluster(root, parent.resolve(name), environment));
    try {
      started.up(nodes);
      return started;
    } catch (Cluster.Unavailable unavailable) {
      started.cluster.run("down");
      if ("true".equals(System.getenv("CI"))) {
        throw unavailable;
      }
      return abort(String.valueOf(unavailable.getMessage()));
    } catch (IOException failed) {
      started.cluster.run("down");
      throw failed;
    }
  }

  private void up(String... nodes) throws IOException {
    var command = new ArrayList<>(List.of("up"));
    command.addAll(List.of(nodes));
    cluster.run(command.toArray(String[]::new));
    for (var manifest : List.of("namespaces.yaml", "manager-rbac.yaml", "manager-limits.yaml")) {
      cluster.kubectl("apply", "--server-side", "--filename=" + MANIFESTS + manifest);
    }
  }

  Cluster cluster() {
    return cluster;
  }

  String kubectl(String... arguments) throws IOException {
    return cluster.kubectl(arguments);
  }

  JsonNode get(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("get", "--output=json"));
    command.addAll(List.of(arguments));
    return json.readTree(cluster.kubectl(command.toArray(String[]::new)));
  }

  /**
   * A token of the manager's service account, in a file: outside, it has the rights it has inside.
   */
  Path managersToken(Path directory) throws IOException {
    var token = cluster.kubectl("--namespace=hydra", "create", "token", ACCOUNT, "--duration=2h");
    return Files.writeString(directory.resolve("token"), token);
  }

  /** What Hydra's accounts may do. */
  Set<Right> granted() throws IOException {
    return GrantedRights.of(get(GrantedRights.KINDS, "--all-namespaces").path("items"));
  }

  /** What Hydra's accounts did, as the API server noted it. */
  List<JsonNode> done() throws IOException {
    return UsedRights.requests(cluster.audit());
  }

  /**
   * Fails if they tried anything that they may not. One that may is refused all the same for a
   * moment after the API server's start, before that has read its rules.
   */
  void requireWithinRights() throws IOException {
    assertThat(UsedRights.beyond(UsedRights.of(done()), granted())).isEmpty();
  }

  /**
   * Lets {@link #refusesManagersPatch} get that far: kubectl reads what it is to patch, which the
   * manager does not.
   */
  void letManagersKubectlRead(String resources) throws IOException {
    cluster.kubectl("create", "clusterrole", "reads", "--verb=get", "--resource=" + resources);
    cluster.kubectl(
        "create",
        "clusterrolebinding",
        "reads",
        "--clusterrole=reads",
        "--serviceaccount=hydra:" + ACCOUNT);
  }

  /**
   * Fails if the manager's account may change the object so.
   *
   * @param why in the API server's refusal
   * @param patch a JSON Merge Patch
   * @param object as kubectl takes it
   */
  void refusesManagersPatch(String why, String patch, String... object) {
    assertThatThrownBy(() -> patchAsManager(patch, object)).as(patch).hasMessageContaining(why);
  }

  /** Changes the object, as the manager's account may. */
  String patchAsManager(String patch, String... object) throws IOException {
    var command =
        new ArrayList<>(
            List.of("patch", "--as=system:serviceaccount:hydra:" + ACCOUNT, "--type=merge"));
    command.add("--patch=" + patch);
    command.addAll(List.of(object));
    return cluster.kubectl(command.toArray(String[]::new));
  }

  /** A pod that runs nothing but the smallest program. */
  void pod(String name, String annotations, String spec) throws IOException {
    podOf("default", name, annotations, spec);
  }

  void podOf(String namespace, String name, String annotations, String spec) throws IOException {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: %s
          annotations: {%s}
        spec:
          terminationGracePeriodSeconds: 1
          automountServiceAccountToken: false
          %s
          containers:
          - name: main
            image: hydra.local/none:1
        """
            .formatted(name, namespace, annotations, spec));
  }

  /** Ends it, and fails if Hydra did there what it may not. */
  @Override
  public void close() throws IOException {
    try {
      UsedRights.note(cluster.directory().getFileName().toString(), UsedRights.of(done()));
      requireWithinRights();
    } finally {
      cluster.run("down");
    }
  }
}
