package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process between clients and a server of this host, which keeps all that passes waiting. */
public final class Toxiproxy implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final int CREATED = 201;

  private final Program program;
  private final URI control;

  /** Started, and nothing passes it yet. */
  public Toxiproxy(Path executable, Path log) {
    int port = Ports.free();
    control = URI.create("http://127.0.0.1:" + port);
    var command = List.of(executable.toString(), "-host", "127.0.0.1", "-port", "" + port);
    program = new Program("toxiproxy", command, log, control.resolve("/version"));
    program.start();
    program.awaitHealthy(START);
  }

  /**
   * A way to a server on which what is asked and what is answered each take half of a time longer.
   * Connections are made without delay: it ends them itself.
   *
   * @param target port of the server
   * @return the port to connect to
   */
  public int delaying(int target, Duration roundTrip) {
    int port = Ports.free();
    create(
        "/proxies",
        "{\"name\":\"%d\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\",\"enabled\":true}"
            .formatted(port, port, target));
    for (var stream : List.of("upstream", "downstream")) {
      create(
          "/proxies/%d/toxics".formatted(port),
          "{\"name\":\"%s\",\"type\":\"latency\",\"stream\":\"%s\",\"attributes\":{\"latency\":%d}}"
              .formatted(stream, stream, roundTrip.dividedBy(2).toMillis()));
    }
    return port;
  }

  private void create(String path, String what) {
    try {
      var answer =
          Http.send(
              HttpRequest.newBuilder(control.resolve(path))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(what))
                  .build());
      // A toxic is answered with 200, a proxy with 201.
      if (answer.statusCode() > CREATED) {
        throw new IOException("toxiproxy: HTTP status " + answer.statusCode() + answer.body());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
