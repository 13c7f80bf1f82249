package io.hydra.testing.bench;

import io.hydra.layout.LiveFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.testing.fakes.FakeManager;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import io.hydra.testing.s3.S3Access;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A packaged Docto with directories of its own, and a manager that orders what it is told to. */
final class DoctoNode implements AutoCloseable {
  private static final ChannelId CHANNEL = new ChannelId("prod", "bench", "fetch");
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration LOOK = Duration.ofMillis(2);
  static final String HEAP = "128m";

  private final FakeManager manager = new FakeManager();
  private final NodeLayout layout;
  private final Program docto;
  private long epoch = 1L << 32;

  /**
   * @param directory of this node alone
   * @param ramRoot where it has RAM datasets, if it may have any
   */
  DoctoNode(Side side, S3Access s3, Path directory, Optional<Path> ramRoot) throws IOException {
    layout = new NodeLayout(Files.createDirectories(directory.resolve("root")), ramRoot);
    int port = Ports.free();
    var settings = new LinkedHashMap<String, String>();
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("hydra.node.name", "bench");
    settings.put("hydra.manager.url", manager.url().toString());
    settings.put("hydra.root", layout.root().toString());
    ramRoot.ifPresent(root -> settings.put("hydra.ram-root", root.toString()));
    settings.put("hydra.disk-reserve", "0");
    settings.put("hydra.s3.endpoint", s3.endpoint().toString());
    settings.put("hydra.s3.path-style", "true");
    settings.put("hydra.s3.access-key", s3.accessKey());
    settings.put("hydra.s3.secret-key", s3.secretKey());
    s3.authority().ifPresent(file -> settings.put("hydra.s3.tls.ca-file", file.toString()));
    docto =
        new Program(
            "docto",
            side.packaged().commandOfImage("docto", HEAP, settings),
            directory.resolve("docto.log"),
            URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
  }

  /** Started, known to its manager, and waiting for an order. */
  void start() {
    docto.start();
    docto.awaitHealthy(START);
    Await.until(
        "Docto reports and asks for orders (log: " + docto.log() + ")",
        START,
        () -> manager.newest().isPresent() && manager.isAsked());
  }

  /** Waits until it has a question open that the next order answers. */
  void awaitAsked() {
    Await.until("Docto asks for orders", START, manager::isAsked);
  }

  /** SIGKILL. */
  void kill() {
    docto.kill();
    Await.until("Docto has ended", START, () -> !docto.isAlive());
    manager.forgetReports();
  }

  ProcessUse use() throws IOException {
    return new ProcessUse(docto.pid().orElseThrow(this::ended));
  }

  private IOException ended() {
    return new IOException("Docto has ended; see " + docto.log());
  }

  Path store(FrozenDataset dataset) {
    return layout.store(dataset.manifest().digest());
  }

  /** Orders these as a release of the channel, and nothing else. */
  ReleaseRef order(List<FrozenDataset> datasets, Placement placement) {
    datasets.forEach(dataset -> manager.know(dataset.manifest()));
    epoch++;
    var release = new ReleaseRef(epoch, new ReleaseVersion("2026-01-01T00-00-00"));
    var live =
        new LiveRelease(
            CHANNEL, release, epoch, datasets.stream().map(it -> it.placed(placement)).toList());
    manager.order(
        new NodeDesired(
            epoch,
            true,
            datasets.stream().map(it -> it.desired(placement)).toList(),
            List.of(),
            List.of(live)));
    return release;
  }

  /**
   * Waits until its live file names the release: each dataset is then whole, proven, durable and in
   * place.
   *
   * @return when that was seen, as {@link System#nanoTime} counts
   * @throws IOException when it does not come, with what Docto says of it
   */
  long awaitLive(ReleaseRef release) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isLive(release)) {
      if (!docto.isAlive()) {
        throw ended();
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "not there after %s: %s"
                .formatted(PATIENCE, manager.newest().map(NodeReport::datasets).orElse(List.of())));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return System.nanoTime();
  }

  private boolean isLive(ReleaseRef release) throws IOException {
    var file = layout.live(CHANNEL);
    return Files.exists(file)
        && HydraJson.mapper().readValue(file.toFile(), LiveFile.class).sequence()
            == release.sequence();
  }

  /** Waits until its report has them on disk. */
  void awaitReported(List<FrozenDataset> datasets) {
    Await.until(
        "Docto reports what it has",
        START,
        () ->
            datasets.stream()
                .allMatch(
                    dataset ->
                        report(dataset).filter(it -> it.disk() == CopyState.READY).isPresent()));
  }

  /** Neither a copy, nor what is left of one. */
  boolean hasNothingInRam(FrozenDataset dataset) {
    return layout.ram(dataset.manifest().digest()).stream().noneMatch(Files::exists)
        && report(dataset).filter(it -> it.ram() == CopyState.ABSENT).isPresent();
  }

  private Optional<DatasetReport> report(FrozenDataset dataset) {
    var digest = dataset.manifest().digest();
    return manager.newest().stream()
        .flatMap(report -> report.datasets().stream())
        .filter(report -> report.digest().equals(digest))
        .findFirst();
  }

  @Override
  public void close() {
    docto.close();
    manager.close();
  }
}
