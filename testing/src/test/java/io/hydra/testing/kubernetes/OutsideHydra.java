package io.hydra.testing.kubernetes;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DataTemplate;
import io.hydra.model.Placement;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.Programs;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.PublishRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A manager and Doctos as processes beside a cluster, which the manager follows. */
final class OutsideHydra implements AutoCloseable {
  static final ChannelId CHANNEL = ChannelId.parse("prod/default/searcher");
  private static final Duration START = Duration.ofSeconds(90);

  private final Programs programs = Programs.ofCheckout();
  private final TestCluster cluster;
  private final Path directory;
  private final String address;
  private final Optional<String> token;
  private final URI url;
  private final Program manager;
  private final List<Program> all = new CopyOnWriteArrayList<>();

  /**
   * @param address of this machine, on which the manager listens
   */
  OutsideHydra(TestCluster cluster, Path directory, String address) throws IOException {
    this(cluster, directory, address, Map.of());
  }

  /**
   * @param more settings of the manager
   */
  OutsideHydra(TestCluster cluster, Path directory, String address, Map<String, String> more)
      throws IOException {
    this(cluster, directory, address, more, Optional.empty());
  }

  /**
   * @param token with which the test calls the manager
   */
  OutsideHydra(
      TestCluster cluster,
      Path directory,
      String address,
      Map<String, String> more,
      Optional<String> token)
      throws IOException {
    this.token = token;
    this.cluster = cluster;
    this.directory = Files.createDirectories(directory.toAbsolutePath());
    this.address = address;
    Files.createDirectories(sources());
    int port = Ports.free();
    url = URI.create("http://%s:%d".formatted(address, port));
    var flags = managerFlags(port);
    flags.putAll(more);
    manager = begin("manager", "192m", flags, port);
  }

  private Map<String, String> managerFlags(int port) throws IOException {
    var flags = new LinkedHashMap<String, String>();
    flags.put("quarkus.http.host", address);
    flags.put("quarkus.http.port", Integer.toString(port));
    flags.put("hydra.store.file", directory.resolve("manager/manager.mv").toString());
    flags.put("hydra.leader.grace", "2s");
    flags.put("hydra.sources.file-roots", sources().toString());
    flags.put("hydra.identity.anonymous", "admin");
    flags.put("hydra.kubernetes.discovery", "true");
    flags.put("hydra.kubernetes.api-server.url", cluster.cluster().apiServer().toString());
    flags.put("hydra.kubernetes.api-server.ca-file", cluster.cluster().authority().toString());
    flags.put(
        "hydra.kubernetes.api-server.token-file", cluster.managersToken(directory).toString());
    return flags;
  }

  /** A Docto for the node, which keeps its data in {@code root}. */
  Program docto(String node, Path root) throws IOException {
    return docto(node, root, Map.of());
  }

  /**
   * @param more settings
   */
  Program docto(String node, Path root, Map<String, String> more) throws IOException {
    int port = Ports.free();
    var flags = new LinkedHashMap<String, String>();
    flags.put("quarkus.http.host", address);
    flags.put("quarkus.http.port", Integer.toString(port));
    flags.put("hydra.node.name", node);
    flags.put("hydra.manager.url", url.toString());
    flags.put("hydra.root", Files.createDirectories(root).toString());
    flags.put("hydra.disk-reserve", "0");
    flags.put("hydra.sources.file-roots", sources().toString());
    flags.putAll(more);
    return begin("docto-" + node, "96m", flags, port);
  }

  /** The AppMan of a pod, whose application listens on the port and reloads when it is told. */
  Program appMan(String pod, String node, Path root, int application) throws IOException {
    var flags = new LinkedHashMap<String, String>();
    flags.put("hydra.root", root.toString());
    flags.put("hydra.app.reload", "http");
    flags.put("hydra.app.reload-url", "http://127.0.0.1:%d/reload".formatted(application));
    flags.put("hydra.drain.settle", "0s");
    var program = appMan(pod, node, flags);
    program.awaitHealthy(START);
    return program;
  }

  /**
   * An AppMan for a pod of that name. It is not waited for.
   *
   * @param more of its settings
   */
  Program appMan(String pod, String node, Map<String, String> more) throws IOException {
    int port = Ports.free();
    var flags = new LinkedHashMap<>(more);
    flags.put("quarkus.http.host", address);
    flags.put("quarkus.http.port", Integer.toString(port));
    flags.put("hydra.instance.id", pod);
    flags.put("hydra.instance.channel", CHANNEL.toString());
    flags.put("hydra.instance.node", node);
    flags.put("hydra.manager.url", url.toString());
    flags.putIfAbsent("hydra.root", directory.resolve(node).toString());
    flags.put("hydra.dir", Files.createDirectories(current(pod).getParent()).toString());
    var program = program("appman-" + pod, "96m", flags, port);
    program.start();
    return program;
  }

  /** What leads the pod's application to its data. */
  Path current(String pod) {
    return directory.resolve("pods").resolve(pod).resolve("current");
  }

  /** As after a crash: it has what it has stored. */
  void restartManager() {
    manager.restart();
    manager.awaitHealthy(START);
  }

  private Program begin(String name, String heap, Map<String, String> flags, int port) {
    var program = program(name, heap, flags, port);
    program.start();
    program.awaitHealthy(START);
    return program;
  }

  private Program program(String name, String heap, Map<String, String> flags, int port) {
    var module = name.replaceFirst("-.*", "");
    var program =
        new Program(
            name,
            programs.quarkus(module, heap, flags),
            directory.resolve(name + ".log"),
            URI.create("http://%s:%d/q/health/ready".formatted(address, port)));
    all.add(program);
    return program;
  }

  Program manager() {
    return manager;
  }

  URI url() {
    return url;
  }

  ManagerClient client() {
    return new ManagerClient(url, token);
  }

  String managersLog() throws IOException {
    return Files.readString(manager.log());
  }

  /** What the manager's process has used of the machine. */
  ProcessUse managersUse() throws IOException {
    return ProcessUse.of(manager.pid().orElseThrow());
  }

  void createChannel() {
    client().putChannel(CHANNEL, ChannelSettings.DEFAULT);
  }

  /** Publishes a release of one small dataset on disk. */
  void publish(String version) throws IOException {
    publish(CHANNEL, version);
  }

  void publish(ChannelId channel, String version) throws IOException {
    var file = sources().resolve(channel.name()).resolve(version).resolve("data");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "index of %s %s".formatted(channel, version));
    client()
        .publish(
            channel,
            new PublishRequest(
                Map.of(
                    "index",
                    TemplateDataset.of(
                        "file://%s/%s/%s/"
                            .formatted(sources(), channel.name(), DataTemplate.PLACEHOLDER),
                        Placement.DISK)),
                false,
                Optional.empty(),
                false));
  }

  /** How far the node is with the channel's target; empty where it takes no part. */
  Optional<NodeProgress> progress(String node) {
    return client().status(CHANNEL).nodes().stream()
        .filter(progress -> progress.node().value().equals(node))
        .findFirst();
  }

  boolean wants(String node) {
    return progress(node).isPresent();
  }

  void awaitWanted(String node, boolean wanted, Duration limit) {
    Await.until(
        () -> "node %s %s data (%s)".formatted(node, wanted ? "wants" : "wants no", manager.log()),
        limit,
        () -> wants(node) == wanted);
  }

  void awaitData(String node, Duration limit) {
    Await.until(
        () -> "node %s has the data: %s".formatted(node, progress(node)),
        limit,
        () -> progress(node).filter(NodeProgress::ready).isPresent());
  }

  /** Until the instance serves and takes traffic. */
  void awaitInstance(String id, Duration limit) {
    Await.until(
        () -> "instance %s is ready: %s".formatted(id, client().status(CHANNEL).instances()),
        limit,
        () ->
            client().status(CHANNEL).instances().stream()
                .filter(instance -> instance.registration().id().value().equals(id))
                .anyMatch(instance -> instance.report().filter(r -> r.ready()).isPresent()));
  }

  /** Until the instance serves the release and takes traffic. */
  void awaitServed(String id, String version, Duration limit) {
    Await.until(
        () -> "%s serves %s: %s".formatted(id, version, client().status(CHANNEL).instances()),
        limit,
        () ->
            client().status(CHANNEL).instances().stream()
                .filter(instance -> instance.registration().id().value().equals(id))
                .flatMap(instance -> instance.report().stream())
                .filter(report -> report.ready())
                .anyMatch(
                    report ->
                        report
                            .serving()
                            .filter(release -> release.version().toString().equals(version))
                            .isPresent()));
  }

  /** Folder that releases are published from. */
  Path sources() {
    return directory.resolve("sources");
  }

  @Override
  public void close() {
    all.reversed().forEach(Program::terminate);
  }
}
