package io.hydra.docto.fakes;

import static org.awaitility.Awaitility.await;

import io.hydra.model.Digest;
import io.hydra.testing.fakes.FakeManager;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** One Docto process with its manager, its S3 server and its directories. */
public final class Node implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);

  public final FakeManager manager = new FakeManager();
  public final FakeS3 s3 = new FakeS3();
  public final Path root;
  public final Path ram;
  public final DoctoProcess docto;
  private long epoch = 1L << 32;

  public Node(Path directory, String... settings) {
    root = directory.resolve("root");
    ram = directory.resolve("ram");
    docto = DoctoProcess.start(directory, manager, s3, settings);
  }

  /** With settings that follow from where its manager and its S3 server listen. */
  public Node(Path directory, BiFunction<FakeManager, FakeS3, List<String>> settings) {
    root = directory.resolve("root");
    ram = directory.resolve("ram");
    docto =
        DoctoProcess.start(
            directory, manager, s3, settings.apply(manager, s3).toArray(String[]::new));
  }

  /** With a RAM root. */
  public static Node withRam(Path directory, String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("hydra.ram-root");
    all.add(directory.resolve("ram").toString());
    return new Node(directory, all.toArray(String[]::new));
  }

  /** Publishes: the manager knows the manifest, the S3 server has the files. */
  public Dataset publish(Dataset dataset) {
    manager.know(dataset.manifest());
    if (dataset.source().startsWith("s3://")) {
      dataset.uploadTo(s3);
    }
    return dataset;
  }

  public long order(DesiredDataset... datasets) {
    return order(true, List.of(datasets), List.of(), List.of());
  }

  /** A new order; returns its epoch. */
  public long order(
      boolean complete,
      List<DesiredDataset> datasets,
      List<Digest> retain,
      List<LiveRelease> live) {
    epoch++;
    manager.order(new NodeDesired(epoch, complete, datasets, retain, live));
    return epoch;
  }

  /** With budgets. */
  public long order(List<DesiredDataset> datasets, ChannelClaim... claims) {
    epoch++;
    manager.order(new NodeDesired(epoch, true, datasets, List.of(), List.of(), List.of(claims)));
    return epoch;
  }

  public Path store(Dataset dataset) {
    return root.resolve("store").resolve(dataset.digest().hex());
  }

  public Path inRam(Dataset dataset) {
    return ram.resolve(dataset.digest().hex());
  }

  public Optional<DatasetReport> report(Dataset dataset) {
    return manager
        .newest()
        .flatMap(
            report ->
                report.datasets().stream()
                    .filter(d -> d.digest().equals(dataset.digest()))
                    .findFirst());
  }

  public void awaitReady(Dataset... datasets) {
    for (var dataset : datasets) {
      awaitDataset(dataset, d -> d.disk() == CopyState.READY);
    }
  }

  public void awaitReadyInRam(Dataset dataset) {
    awaitDataset(dataset, d -> d.ram() == CopyState.READY);
  }

  public DatasetReport awaitDataset(Dataset dataset, Predicate<DatasetReport> holds) {
    return until(
            () -> "a report of " + dataset.name(),
            PATIENCE,
            () -> report(dataset).filter(holds),
            Optional::isPresent)
        .orElseThrow();
  }

  public NodeReport awaitReport(Predicate<NodeReport> holds) {
    return until(
            () -> "a report", PATIENCE, () -> manager.newest().filter(holds), Optional::isPresent)
        .orElseThrow();
  }

  /**
   * Waits until something holds.
   *
   * @param what is waited for, asked only when it was waited for in vain
   * @throws AssertionError where it was waited for in vain, with what the node told last
   */
  public void until(Supplier<String> what, Duration patience, Callable<Boolean> holds) {
    var unused = until(what, patience, holds, it -> it);
  }

  private <T> T until(
      Supplier<String> what, Duration patience, Callable<T> look, Predicate<T> holds) {
    try {
      return await().atMost(patience).pollInterval(POLL).until(look, holds);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(
          "waited %d s in vain for %s; %s".formatted(patience.toSeconds(), what.get(), lastWords()),
          late);
    }
  }

  private String lastWords() {
    return "at %s the last of %d reports was: %s%nIts log since it was started:%n%s"
        .formatted(
            Instant.now(), manager.reports().size(), manager.newest(), docto.logWithThreads());
  }

  @Override
  public void close() {
    docto.close();
    manager.close();
    s3.close();
  }
}
