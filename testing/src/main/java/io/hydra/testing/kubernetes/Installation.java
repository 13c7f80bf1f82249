package io.hydra.testing.kubernetes;

import io.hydra.testing.demo.Narrator;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.process.Await;
import io.hydra.testing.s3.S3Server;
import io.hydra.testing.traffic.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hydra in a cluster by its manifests, and the example service of three pods. */
final class Installation {
  static final String NAMESPACE = "search";
  static final String SERVICE = "text-analysis";
  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CONSUMERS =
      "examples/text-analysis/src/main/kubernetes/text-analysis.yaml";
  private static final String TIMEOUT = "--timeout=" + PATIENCE.toSeconds() + "s";

  private final Cluster cluster;
  private final Overlay overlay;
  private final Path directory;
  private final S3Server s3;
  private final Narrator narrator;

  /**
   * @param directory for files of its own
   * @param s3 that pods reach
   */
  Installation(Cluster cluster, Overlay overlay, Path directory, S3Server s3, Narrator narrator) {
    this.cluster = cluster;
    this.overlay = overlay;
    this.directory = directory;
    this.s3 = s3;
    this.narrator = narrator;
  }

  /** Until the manager answers, each node has its Docto, and pods are injected. */
  void install() throws IOException {
    apply("-f", "src/main/kubernetes/base/namespaces.yaml");
    // Before the programs: they read it when they start.
    for (var namespace : List.of("hydra", "hydra-nodes")) {
      cluster.kubectl(
          "--namespace=" + namespace,
          "create",
          "secret",
          "generic",
          "hydra-s3",
          "--from-literal=HYDRA_S3_ENDPOINT=" + s3.endpoint(),
          "--from-literal=HYDRA_S3_PATH_STYLE=true",
          "--from-literal=HYDRA_S3_ACCESS_KEY=demo",
          "--from-literal=HYDRA_S3_SECRET_KEY=demo");
    }
    apply("-k", overlay.kustomization().toString());
    rolledOut("hydra", overlay.manager());
    rolledOut("hydra-nodes", "daemonset/hydra-docto");
    awaitInjection();
  }

  /** A Service leads to a pod somewhat later than that is ready. */
  void awaitInjection() {
    Await.until("pods are injected", PATIENCE, this::isInjected);
  }

  /** Whether a pod would get an AppMan if it were created now. */
  boolean isInjected() throws IOException {
    return cluster
        .kubectl(
            "run",
            "probe",
            "--image=hydra.local/none:1",
            "--annotations=hydra/inject=true",
            "--annotations=hydra/channel=prod/default/probe",
            "--dry-run=server",
            "--output=jsonpath={.spec.initContainers[*].name}")
        .contains("hydra-appman");
  }

  /** Takes all of it away again, with the data on the nodes. */
  void remove() throws IOException {
    cluster.kubectl("delete", "--ignore-not-found", "-f", CONSUMERS, TIMEOUT);
    var leaving =
        Kustomization.write(
            cluster.root(),
            List.of(cluster.root().relativize(overlay.kustomization()).toString()),
            "components: [../../../src/main/kubernetes/components/remove-data]");
    apply("-k", leaving.toString());
    rolledOut("hydra-nodes", "daemonset/hydra-docto");
    cluster.kubectl("delete", "--ignore-not-found", "-k", overlay.kustomization().toString());
    cluster.kubectl("label", "nodes", "--all", "hydra/ready.prod.search.text-analysis-");
  }

  /** Its pods wait for their data. */
  void startService() throws IOException {
    apply("-f", CONSUMERS);
  }

  void awaitService() throws IOException {
    rolledOut(NAMESPACE, "deployment/" + SERVICE);
  }

  private void apply(String how, String what) throws IOException {
    cluster.kubectl("apply", "--server-side", how, what).lines().forEach(narrator::say);
  }

  void rolledOut(String namespace, String what) throws IOException {
    cluster
        .kubectl("--namespace=" + namespace, "rollout", "status", what, TIMEOUT)
        .lines()
        .forEach(narrator::say);
  }

  ModelFiles models() {
    return ModelFiles.ofCheckout(cluster.root());
  }

  /**
   * @param release that these models shall be
   * @param version of the models
   */
  void upload(String release, String version) {
    for (var dataset : ModelFiles.DATASETS) {
      var file = models().file(version, dataset);
      s3.bucket().put("%s/%s/%s".formatted(dataset, release, file.getFileName()), file);
    }
  }

  /**
   * Publishes the newest release by the command line, and waits for its rollout.
   *
   * @return its exit code
   */
  int publish(String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "bin/hydra",
                "publish",
                "testing/src/main/demo/template.json",
                "--env=prod",
                "--namespace=" + NAMESPACE,
                "--release=" + SERVICE,
                "--manager=" + manager(),
                "--token-file=" + token(),
                "--wait"));
    overlay.authority().ifPresent(file -> command.add("--ca-file=" + file));
    command.addAll(List.of(more));
    narrator.say("$ " + String.join(" ", command));
    var process =
        new ProcessBuilder(command)
            .directory(cluster.root().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(narrator::say);
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Of the account that may do everything, as a person would take one. */
  private Path token() throws IOException {
    var token =
        cluster.kubectl("--namespace=hydra", "create", "token", "hydra-admin", "--audience=hydra");
    return Files.writeString(directory.resolve("hydra-admin-token"), token);
  }

  private URI manager() throws IOException {
    var service = cluster.service("hydra", "hydra-manager");
    return URI.create(overlay.scheme() + "://" + service.getAuthority());
  }

  /** Not yet started requests to the service. */
  Traffic traffic() throws IOException {
    return new Traffic(cluster.service(NAMESPACE, SERVICE));
  }

  /** Until it has answered so many more times by that release. */
  static void awaitAnswers(Traffic traffic, String release, int more) {
    long before = traffic.summary().byRelease().getOrDefault(release, 0L);
    Await.until(
        () -> more + " more answers by " + release + ": " + traffic.summary(),
        PATIENCE,
        () -> traffic.summary().byRelease().getOrDefault(release, 0L) >= before + more);
  }
}
