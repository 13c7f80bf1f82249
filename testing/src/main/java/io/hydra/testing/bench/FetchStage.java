package io.hydra.testing.bench;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.Peer;
import io.hydra.testing.process.Toxiproxy;
import io.hydra.testing.s3.S3Access;
import io.hydra.testing.s3.S3Peer;
import io.hydra.testing.throttle.ThrottlingProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The S3 server with its data, and what stands between it and its clients. */
final class FetchStage implements AutoCloseable {
  private final FetchOptions options;
  private final Path directory;
  private final Progress progress;
  private final FetchData data;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /**
   * What clients need.
   *
   * @param access by which clients come to the server
   * @param direct by which they would without a proxy
   * @param throttle what refuses clients' requests
   * @param server its process
   * @param works datasets of the works
   * @param small the datasets of which ten are a release
   */
  record Ready(
      S3Access access,
      S3Access direct,
      Optional<ThrottlingProxy> throttle,
      ProcessUse server,
      Map<FetchWork, FrozenDataset> works,
      List<FrozenDataset> small) {}

  /**
   * @param directory for logs and certificates
   */
  FetchStage(FetchOptions options, Path directory, Progress progress) {
    this.options = options;
    this.directory = directory;
    this.progress = progress;
    data = FetchData.of(options.server());
  }

  /**
   * @throws IOException where the server cannot be had, with the reason
   */
  Ready start() throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(directory);
    var executable = Peer.find(options.server().title()).orFail();
    List<FrozenDataset> frozen;
    try (var server = server(executable, Optional.empty())) {
      data.upload(server.access(), options.works(), progress);
      progress.say("publishing");
      try (var freezer = new DatasetFreezer(server.access(), directory.resolve("manager"))) {
        frozen = freezer.freeze(FetchData.sources(options.works()));
      }
    }
    progress.say("reading the server's data once");
    data.warm();
    var server = server(executable, encryption());
    running.push(server);
    long pid = server.pid().orElseThrow(() -> new IOException("the S3 server has ended"));
    int works = options.works().size();
    var throttle = throttle(server);
    return new Ready(
        access(server, throttle),
        server.access(),
        throttle,
        new ProcessUse(pid),
        options.works().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), work -> frozen.get(options.works().indexOf(work)))),
        frozen.subList(works, frozen.size()));
  }

  private S3Peer server(Path executable, Optional<S3Peer.Encryption> encryption)
      throws IOException {
    var log = directory.resolve(options.server().title() + ".log");
    return new S3Peer(options.server(), executable, data.objects(), log, encryption);
  }

  private Optional<S3Peer.Encryption> encryption() {
    if (!options.https()) {
      return Optional.empty();
    }
    var authority = new Authority(directory, "certificates");
    return Optional.of(new S3Peer.Encryption(authority.file(), authority.server("server")));
  }

  private Optional<ThrottlingProxy> throttle(S3Peer server) {
    if (options.throttle().isEmpty()) {
      return Optional.empty();
    }
    int port = server.access().endpoint().getPort();
    var proxy = new ThrottlingProxy(port, options.throttle().getAsInt());
    running.push(proxy);
    return Optional.of(proxy);
  }

  /** The throttle is as far away as the server: refusals take a round trip, too. */
  private S3Access access(S3Peer server, Optional<ThrottlingProxy> throttle) throws IOException {
    int port = throttle.map(ThrottlingProxy::port).orElse(server.access().endpoint().getPort());
    if (options.roundTrip().isEmpty()) {
      return server.access().by(port);
    }
    var proxy = new Toxiproxy(Peer.find("toxiproxy").orFail(), directory.resolve("toxiproxy.log"));
    running.push(proxy);
    return server.access().by(proxy.delaying(port, options.roundTrip().get()));
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception failed) {
        System.err.println("cannot end it: " + failed);
      }
    }
  }
}
