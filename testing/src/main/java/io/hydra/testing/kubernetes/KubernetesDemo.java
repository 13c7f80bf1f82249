package io.hydra.testing.kubernetes;

import io.hydra.testing.demo.Narrator;
import io.hydra.testing.demo.PlainNarrator;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Repository;
import io.hydra.testing.s3.S3Server;
import io.hydra.testing.stage.StageDirectory;
import io.hydra.testing.traffic.Traffic;
import io.hydra.testing.traffic.TrafficSummary;
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

/**
 * What {@code make demo-kubernetes} runs when cluster and images are there: Hydra is installed, a
 * service of three pods is rolled over from one release to the next under traffic.
 */
public final class KubernetesDemo {
  private static final List<String> RELEASES =
      List.of("2026-11-01T09-00-00", "2026-11-08T09-00-00");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String TIMEOUT = "--timeout=180s";
  private static final int PER_SECOND = 20;
  private static final int ANSWERS = 100;

  private final Path root = Repository.root();
  private final Cluster cluster = Cluster.ofCheckout(root);
  private final Narrator narrator = new PlainNarrator(System.out);
  private final S3Server s3;

  private KubernetesDemo(S3Server s3) {
    this.s3 = s3;
  }

  public static void main(String[] arguments) throws IOException {
    var root = Repository.root();
    var work = Files.createDirectories(root.resolve("testing/target/stage"));
    var directory = Files.createTempDirectory(work, "kubernetes-");
    var address = Cluster.ofCheckout(root).machine();
    boolean held;
    try (var s3 =
        new S3Server(
            address,
            root.resolve("testing/s3mock/target/lib"),
            Files.createDirectory(directory.resolve("s3")),
            directory.resolve("s3.log"))) {
      s3.program().start();
      s3.program().awaitHealthy(PATIENCE);
      held = new KubernetesDemo(s3).run();
    }
    if (held) {
      new StageDirectory(directory).discard();
    }
    System.exit(held ? 0 : 1);
  }

  private boolean run() throws IOException {
    install();
    narrator.step("First release");
    upload(RELEASES.getFirst(), models().oldest());
    int first = publish("--create-channel");
    cluster.kubectl(
        "--namespace=search",
        "wait",
        "--for=condition=Available",
        "deployment/text-analysis",
        TIMEOUT);
    narrator.step("Second release, under traffic through the Service");
    try (var traffic = new Traffic(cluster.service("search", "text-analysis"))) {
      traffic.onFailure(failure -> narrator.say("FAILED " + failure));
      traffic.start(PER_SECOND);
      awaitAnswers(traffic, RELEASES.getFirst());
      upload(RELEASES.getLast(), models().newest());
      int second = publish();
      awaitAnswers(traffic, RELEASES.getLast());
      return tell(traffic.stop(), first == 0 && second == 0);
    }
  }

  private void install() throws IOException {
    narrator.step("Hydra is installed");
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
    apply("-k", "testing/kubernetes");
    rolledOut("hydra", "statefulset/hydra-manager");
    rolledOut("hydra-nodes", "daemonset/hydra-docto");
    awaitInjection();
    narrator.step(
        "A service of three pods is started; Hydra adds AppMan, which waits for its data");
    apply("-f", "examples/text-analysis/src/main/kubernetes/text-analysis.yaml");
  }

  /** A Service leads to a pod somewhat later than that is ready. */
  private void awaitInjection() {
    Await.until(
        "pods are injected",
        PATIENCE,
        () ->
            cluster
                .kubectl(
                    "run",
                    "probe",
                    "--image=hydra.local/none:1",
                    "--annotations=hydra/inject=true",
                    "--annotations=hydra/channel=prod/search/text-analysis",
                    "--dry-run=server",
                    "--output=jsonpath={.spec.initContainers[*].name}")
                .contains("hydra-appman"));
  }

  private void apply(String how, String what) throws IOException {
    cluster.kubectl("apply", "--server-side", how, what).lines().forEach(narrator::say);
  }

  private void rolledOut(String namespace, String what) throws IOException {
    cluster
        .kubectl("--namespace=" + namespace, "rollout", "status", what, TIMEOUT)
        .lines()
        .forEach(narrator::say);
  }

  private ModelFiles models() {
    return ModelFiles.ofCheckout(root);
  }

  private void upload(String release, String version) {
    for (var dataset : ModelFiles.DATASETS) {
      var file = models().file(version, dataset);
      s3.bucket().put("%s/%s/%s".formatted(dataset, release, file.getFileName()), file);
    }
  }

  private int publish(String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "bin/hydra",
                "publish",
                "testing/src/main/demo/template.json",
                "--env=prod",
                "--namespace=search",
                "--release=text-analysis",
                "--manager=" + manager(),
                "--token-file=" + token(),
                "--wait",
                "--timeout=3m"));
    command.addAll(List.of(more));
    narrator.say("$ " + String.join(" ", command));
    var process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
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
    return Files.writeString(cluster.directory().resolve("hydra-admin-token"), token);
  }

  private URI manager() throws IOException {
    return cluster.service("hydra", "hydra-manager");
  }

  private static void awaitAnswers(Traffic traffic, String release) {
    long before = traffic.summary().byRelease().getOrDefault(release, 0L);
    Await.until(
        () -> ANSWERS + " more answers by " + release + ": " + traffic.summary(),
        PATIENCE,
        () -> traffic.summary().byRelease().getOrDefault(release, 0L) >= before + ANSWERS);
  }

  private boolean tell(TrafficSummary summary, boolean published) {
    narrator.step("Summary");
    narrator.say("requests sent    " + summary.sent());
    narrator.say("requests failed  " + summary.failed());
    summary.byRelease().forEach((release, count) -> narrator.say(release + "  " + count));
    boolean held =
        published && summary.failed() == 0 && summary.byRelease().keySet().containsAll(RELEASES);
    narrator.say(held ? "held" : "did NOT hold");
    return held;
  }
}
