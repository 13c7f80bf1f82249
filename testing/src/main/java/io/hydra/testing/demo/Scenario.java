package io.hydra.testing.demo;

import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.testing.balancer.Backend;
import io.hydra.testing.balancer.Balancer;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.process.Await;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.NodeSettings;
import io.hydra.testing.stage.Programs;
import io.hydra.testing.stage.Stage;
import io.hydra.testing.stage.StageSettings;
import io.hydra.testing.traffic.Traffic;
import io.hydra.testing.watch.Watcher;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The main job, end to end: publish models, bring them to three nodes, and roll three replicas over
 * to the next release while requests keep coming.
 */
public final class Scenario implements AutoCloseable {
  public static final ChannelId CHANNEL = new ChannelId("prod", "demo", "text-analysis");
  public static final String OLD = "2026-11-01T09-00-00";
  public static final String NEW = "2026-11-08T09-00-00";

  /** The node whose RAM root does not hold two versions of the tagger (1.1 MiB each). */
  public static final String SMALL_NODE = "node-3";

  static final long SMALL_RAM_BYTES = 3 << 19;

  /** The node whose disk is small enough to be filled by hand. */
  static final String FILLABLE_NODE = "node-2";

  /** Room for all versions of the models. */
  private static final long MODELS_DISK_BYTES = 256L << 20;

  private static final long ROOMY_RAM_BYTES = 64 << 20;
  private static final int REQUESTS_PER_SECOND = 60;

  private final Narrator narrator;
  private final long fillableBytes;
  private final Stage stage;
  private final ModelFiles models;
  private final Datasets datasets;
  private final Duration patience;
  private final ManagerClient client;
  private final Cli cli;
  private final Balancer balancer;
  private final Traffic traffic;
  private final Traffic afterwards;
  private final Watcher watcher;
  private final LiveView view;

  /**
   * @param directory for everything that is written
   * @param indexBytes size of the generated index in each release; 0 for none
   */
  public Scenario(Programs programs, Path directory, long indexBytes, Narrator narrator)
      throws IOException {
    this.narrator = narrator;
    fillableBytes = MODELS_DISK_BYTES + 3 * indexBytes;
    stage =
        new Stage(
            programs,
            StageSettings.of(
                CHANNEL,
                List.of(
                    NodeSettings.roomy("node-1").withRam(ROOMY_RAM_BYTES),
                    NodeSettings.roomy(FILLABLE_NODE)
                        .withRam(ROOMY_RAM_BYTES)
                        .withDisk(fillableBytes),
                    NodeSettings.roomy(SMALL_NODE).withRam(SMALL_RAM_BYTES))),
            directory);
    models = ModelFiles.ofCheckout(programs.root());
    datasets = new Datasets(stage.s3().bucket(), models, indexBytes);
    // Three nodes share this machine's disk: 20 MiB/s each is what the slowest should reach.
    patience = Duration.ofSeconds(120 + indexBytes / (20L << 20) * 3);
    client = stage.client();
    cli = new Cli(stage, narrator);
    balancer =
        new Balancer(
            stage.replicas().stream()
                .map(replica -> new Backend(replica.id(), replica.address(), replica.readiness()))
                .toList());
    traffic = new Traffic(balancer.address());
    afterwards = new Traffic(balancer.address());
    watcher = new Watcher(stage, balancer.backends());
    stage.beforeEnd(this::hush);
    view = new LiveView(balancer, narrator.redraws());
  }

  public Stage stage() {
    return stage;
  }

  public Balancer balancer() {
    return balancer;
  }

  public Watcher watcher() {
    return watcher;
  }

  /** Runs the story to its end and says what held. */
  public Outcome run() throws IOException {
    setTheStage();
    publishOld();
    narrator.step("Traffic: " + REQUESTS_PER_SECOND + " requests a second through a load balancer");
    narrator.say(balancer.address() + "/analyze");
    balancer.resetMostOut();
    traffic.start(REQUESTS_PER_SECOND);
    Await.until(
        "traffic flows", patience, () -> traffic.summary().sent() >= 2L * REQUESTS_PER_SECOND);
    var before = holdings();
    publishNew();
    var sentThen = traffic.summary().sent();
    Await.until(
        "traffic flows on",
        patience,
        () -> traffic.summary().sent() >= sentThen + 2L * REQUESTS_PER_SECOND);
    return new Outcome(
        traffic.stop(),
        balancer.backends(),
        balancer.mostOut(),
        releases(),
        before,
        holdings(),
        watcher);
  }

  /** Keeps light traffic flowing and starts again what dies, telling of failed requests. */
  void goOn() {
    stage.supervise(narrator::say);
    afterwards.start(REQUESTS_PER_SECOND / 6);
    afterwards.onFailure(failure -> narrator.say("request failed: " + failure));
  }

  Cli cli() {
    return cli;
  }

  /** How many bytes the disk of the node that can be filled may hold. */
  long fillableBytes() {
    return fillableBytes;
  }

  /** File of the old release's tagger. */
  Path oldTagger() {
    return models.file(models.oldest(), "pos");
  }

  String template() {
    return datasets.template();
  }

  private void setTheStage() {
    narrator.step("Starting an S3 server, a manager, three nodes and three replicas");
    stage.start();
    balancer.start();
    watcher.start();
    narrator.say("manager " + client.base() + ", logs in " + stage.logs());
  }

  private void publishOld() throws IOException {
    narrator.step("Publishing the models of OpenNLP " + models.oldest());
    datasets.upload(models.oldest(), OLD);
    narrator.say("uploaded to s3://models/DATASET/" + OLD + "/; template " + datasets.template());
    publish("--create-channel");
    follow(OLD);
  }

  private void publishNew() throws IOException {
    narrator.step("Publishing the models of OpenNLP " + models.newest() + " under this traffic");
    datasets.upload(models.newest(), NEW);
    narrator.say("uploaded to s3://models/DATASET/" + NEW + "/; langdetect is the same file again");
    publish();
    follow(NEW);
  }

  private void publish(String... flags) throws IOException {
    var arguments = new ArrayList<>(List.of("publish", datasets.template(), "--same-version"));
    arguments.addAll(List.of(flags));
    var result = cli.run(arguments.toArray(String[]::new));
    if (result.exitCode() != 0) {
      throw new IllegalStateException("the publish failed with exit code " + result.exitCode());
    }
    watcher.learn(client.releases(CHANNEL));
  }

  /** Shows the rollout until all serve the version and the balancer has them in. */
  private void follow(String version) {
    try {
      Await.until("every replica serves " + version, patience, () -> shown(version));
    } finally {
      narrator.endLive();
    }
  }

  private boolean shown(String version) {
    if (stage.isEnding()) {
      return false;
    }
    ChannelStatus status;
    try {
      status = client.status(CHANNEL);
    } catch (UncheckedIOException | HydraException notNow) {
      return false;
    }
    narrator.live(view.lines(status, traffic.summary()));
    boolean target =
        status.rollout().target().filter(ref -> ref.version().value().equals(version)).isPresent();
    return target
        && status.rollout().phase() == RolloutPhase.DONE
        && balancer.backends().stream().allMatch(Backend::isReady);
  }

  private List<Release> releases() {
    return client.releases(CHANNEL).stream().map(view -> view.release()).toList();
  }

  /** What each node holds of each dataset content, and where it is stored. */
  private Map<String, Map<Digest, Holding>> holdings() throws IOException {
    var holdings = new TreeMap<String, Map<Digest, Holding>>();
    for (var node : client.nodes()) {
      var name = node.registration().name().value();
      var byDigest =
          node.report().map(NodeReport::datasets).orElse(List.of()).stream()
              .collect(Collectors.toMap(DatasetReport::digest, report -> holding(node, report)));
      holdings.put(name, byDigest);
    }
    return holdings;
  }

  private static Holding holding(NodeView node, DatasetReport report) {
    var directory =
        Path.of(node.registration().dataRoot()).resolve("store").resolve(report.digest().hex());
    try {
      var identity =
          Files.exists(directory)
              ? String.valueOf(Files.getAttribute(directory, "unix:ino", LinkOption.NOFOLLOW_LINKS))
              : "absent";
      return new Holding(report.downloadedBytes(), identity);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * A dataset content on a node.
   *
   * @param downloadedBytes moved over the network for it
   * @param identity of its directory in the store: another one would mean that it was stored again
   */
  public record Holding(long downloadedBytes, String identity) {}

  /** Bytes of a release that are placed in RAM. */
  static long ramBytes(Release release) {
    return release.datasets().stream()
        .filter(dataset -> dataset.placement() == Placement.RAM)
        .mapToLong(ReleaseDataset::bytes)
        .sum();
  }

  private void hush() {
    narrator.endLive();
    narrator.say("ending all programs …");
    traffic.close();
    afterwards.close();
    watcher.close();
    balancer.close();
  }

  @Override
  public void close() {
    stage.close();
  }
}
