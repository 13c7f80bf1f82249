package io.hydra.testing.kubernetes;

import io.hydra.testing.demo.Narrator;
import io.hydra.testing.demo.PlainNarrator;
import io.hydra.testing.process.Repository;
import io.hydra.testing.s3.S3Server;
import io.hydra.testing.stage.StageDirectory;
import io.hydra.testing.traffic.TrafficSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * What {@code make demo-kubernetes} runs when cluster and images are there: Hydra is installed, a
 * service of three pods is rolled over from one release to the next under traffic.
 */
public final class KubernetesDemo {
  private static final List<String> RELEASES =
      List.of("2026-11-01T09-00-00", "2026-11-08T09-00-00");
  private static final String TIMEOUT = "--timeout=3m";
  private static final int PER_SECOND = 20;
  private static final int ANSWERS = 100;

  private final Installation hydra;
  private final Narrator narrator;

  private KubernetesDemo(Installation hydra, Narrator narrator) {
    this.hydra = hydra;
    this.narrator = narrator;
  }

  /**
   * @param arguments {@code native} or {@code jvm}; whether Hydra {@code stays} or {@code leaves} a
   *     cluster of the user's
   */
  public static void main(String[] arguments) throws IOException {
    var root = Repository.root();
    var work = Files.createDirectories(root.resolve("testing/target/stage"));
    var directory = Files.createTempDirectory(work, "kubernetes-");
    var cluster = Cluster.ofCheckout(root);
    var narrator = new PlainNarrator(System.out);
    var overlay = Overlay.ofOneManager(cluster, arguments[0].equals("jvm"));
    boolean held;
    try (var s3 =
        new S3Server(
            cluster.machine(),
            root.resolve("testing/s3mock/target/lib"),
            Files.createDirectory(directory.resolve("s3")),
            directory.resolve("s3.log"))) {
      s3.program().start();
      s3.program().awaitHealthy(Installation.PATIENCE);
      var hydra = new Installation(cluster, overlay, directory, s3, narrator);
      held = new KubernetesDemo(hydra, narrator).run();
      if (!cluster.isOurs() && arguments[1].equals("leaves")) {
        narrator.step("Hydra leaves");
        hydra.remove();
      }
    }
    if (held) {
      new StageDirectory(directory).discard();
    }
    System.exit(held ? 0 : 1);
  }

  private boolean run() throws IOException {
    narrator.step("Hydra is installed");
    hydra.install();
    narrator.step(
        "A service of three pods is started; Hydra adds AppMan, which waits for its data");
    hydra.startService();
    narrator.step("First release");
    hydra.upload(RELEASES.getFirst(), hydra.models().oldest());
    int first = hydra.publish("--create-channel", TIMEOUT);
    hydra.awaitService();
    narrator.step("Second release, under traffic through the Service");
    try (var traffic = hydra.traffic()) {
      traffic.onFailure(failure -> narrator.say("FAILED " + failure));
      traffic.start(PER_SECOND);
      Installation.awaitAnswers(traffic, RELEASES.getFirst(), ANSWERS);
      hydra.upload(RELEASES.getLast(), hydra.models().newest());
      int second = hydra.publish(TIMEOUT);
      Installation.awaitAnswers(traffic, RELEASES.getLast(), ANSWERS);
      return tell(traffic.stop(), first == 0 && second == 0);
    }
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
