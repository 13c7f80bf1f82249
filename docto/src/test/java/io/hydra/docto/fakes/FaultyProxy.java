package io.hydra.docto.fakes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands before an S3 server, understands what passes, and spoils answers while it is told to. */
public final class FaultyProxy implements AutoCloseable {
  private static final Pattern TARGET = Pattern.compile("^GET (\\S+) HTTP/1\\.1\r\n");
  private static final List<Pattern> PASSED_ON = List.of(header("Range"), header("If-Match"));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile Optional<URI> target = Optional.empty();
  private final AtomicInteger spoilt = new AtomicInteger();
  private final RawServer server = new RawServer(this::serve);
  private volatile Optional<Fault> fault = Optional.empty();

  /**
   * What is wrong for a while.
   *
   * @param share of answers that are spoilt
   * @param random decides which, and how
   */
  public record Fault(HttpFault kind, double share, Random random) {}

  /**
   * Stands before a server from now on.
   *
   * @return its own address
   */
  public URI before(URI other) {
    target = Optional.of(other);
    return server.url();
  }

  public void fail(Fault next) {
    fault = Optional.of(next);
  }

  public void heal() {
    fault = Optional.empty();
  }

  /** Answers that were spoilt so far. */
  public int spoilt() {
    return spoilt.get();
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }

  private void serve(RawServer.Talk talk) throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      var request = talk.request();
      goesOn = !request.isEmpty() && answer(talk, ask(request));
    }
  }

  /** False where the connection is to end. */
  private boolean answer(RawServer.Talk talk, S3Answer right) throws IOException {
    var now = fault.filter(it -> right.isRange() && it.random().nextDouble() < it.share());
    if (now.isEmpty()) {
      talk.send(right.text());
      return true;
    }
    spoilt.incrementAndGet();
    return now.get().kind().spoil(talk, right, now.get().random());
  }

  private S3Answer ask(String head) throws IOException {
    var line = TARGET.matcher(head);
    if (!line.find()) {
      throw new IOException("no GET: " + head);
    }
    var request = HttpRequest.newBuilder(URI.create(target.orElseThrow() + line.group(1)));
    for (var header : PASSED_ON) {
      header.matcher(head).results().forEach(it -> request.header(it.group(1), it.group(2)));
    }
    try {
      var answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new S3Answer(
          answer.statusCode(),
          value(answer, "etag"),
          value(answer, "content-range"),
          answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private static String value(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static Pattern header(String name) {
    return Pattern.compile("(?im)^(" + name + "): *(.*?)\r?$");
  }
}
