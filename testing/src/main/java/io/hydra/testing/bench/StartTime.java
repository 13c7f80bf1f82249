package io.hydra.testing.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a program took from the start of its process.
 *
 * @param firstAnswer until its readiness URL answered at all, whatever it said
 * @param ready until it answered 200
 */
record StartTime(Duration firstAnswer, Duration ready) {
  private static final Duration POLL = Duration.ofMillis(1);
  private static final int ANSWER_TIMEOUT_MILLIS = 2000;
  private static final int OK = 200;

  /**
   * Asks until the answer is 200, over bare sockets, so that the asking costs next to nothing.
   *
   * @param readiness an http URL of this machine
   * @throws IOException when it does not get ready within {@code timeout}
   */
  static StartTime measure(Runnable start, URI readiness, Duration timeout) throws IOException {
    long began = System.nanoTime();
    start.run();
    Optional<Duration> first = Optional.empty();
    while (System.nanoTime() - began < timeout.toNanos()) {
      var status = status(readiness);
      var now = Duration.ofNanos(System.nanoTime() - began);
      if (status.isPresent() && first.isEmpty()) {
        first = Optional.of(now);
      }
      if (status.filter(code -> code == OK).isPresent()) {
        return new StartTime(first.orElse(now), now);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new IOException(readiness + " was not ready within " + timeout.toSeconds() + " s");
  }

  /** The status of the answer to one GET; empty when there is no answer. */
  static Optional<Integer> status(URI address) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
      var request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(address.getPath(), address.getAuthority());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Optional.ofNullable(answer.readLine())
          .map(line -> line.split(" "))
          .filter(words -> words.length > 1)
          .map(words -> Integer.parseInt(words[1]));
    } catch (IOException | NumberFormatException noAnswer) {
      return Optional.empty();
    }
  }
}
