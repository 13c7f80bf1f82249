package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A process between clients and a server of this host, which delays or breaks what passes. */
public final class Toxiproxy implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  /** A direction: what is asked, or what is answered. */
  public enum Stream {
    UPSTREAM,
    DOWNSTREAM
  }

  /**
   * What is wrong, as <a href="https://github.com/Shopify/toxiproxy/tree/v2.5.0#toxics">toxiproxy
   * has it</a>.
   *
   * @param toxicity the share of connections that it befalls
   * @param attributes of the type, in milliseconds, bytes or what else it says
   */
  public record Toxic(String type, Stream stream, double toxicity, Map<String, Long> attributes) {
    public Toxic {
      attributes = Map.copyOf(attributes);
    }

    private String json() {
      return "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"toxicity\":%s,\"attributes\":{%s}}"
          .formatted(
              stream.name(),
              type,
              stream.name().toLowerCase(Locale.ROOT),
              toxicity,
              attributes.entrySet().stream()
                  .map(it -> "\"%s\":%d".formatted(it.getKey(), it.getValue()))
                  .collect(Collectors.joining(",")));
    }
  }

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
    int port = passing(target);
    long half = roundTrip.dividedBy(2).toMillis();
    for (var stream : Stream.values()) {
      poison(port, new Toxic("latency", stream, 1, Map.of("latency", half)));
    }
    return port;
  }

  /**
   * A way to a server that changes nothing for the time being.
   *
   * @param target port of the server
   * @return the port to connect to
   */
  public int passing(int target) {
    int port = Ports.free();
    post(
        "/proxies",
        "{\"name\":\"%d\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\",\"enabled\":true}"
            .formatted(port, port, target));
    return port;
  }

  /**
   * Something is wrong on a way from now on, for connections that exist, too.
   *
   * @param port of the way
   */
  public void poison(int port, Toxic toxic) {
    post("/proxies/%d/toxics".formatted(port), toxic.json());
  }

  /**
   * A way breaks: its connections end, and new ones are refused.
   *
   * @param port of the way
   */
  public void block(int port) {
    post("/proxies/" + port, "{\"enabled\":false}");
  }

  /** All ways are as they were at first. */
  public void heal() {
    post("/reset", "");
  }

  private void post(String path, String what) {
    try {
      var answer =
          Http.send(
              HttpRequest.newBuilder(control.resolve(path))
                  .timeout(START)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(what))
                  .build());
      // A toxic is answered with 200, a proxy with 201, a reset with 204.
      if (answer.statusCode() / 100 != 2) {
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
