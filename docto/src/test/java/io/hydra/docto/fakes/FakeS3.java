package io.hydra.docto.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An S3 server for GETs of ranges with If-Match, that misbehaves where the test wants it to. */
public final class FakeS3 implements AutoCloseable {
  /** What the server does with a request. */
  public sealed interface Behaviour {
    record Serve() implements Behaviour {}

    /** Answers with an error. */
    record Fail(int status) implements Behaviour {}

    /** Sends so many bytes of the body, then closes the connection. */
    record CutAfter(int bytes) implements Behaviour {}

    /** Sends so many bytes of the body, then nothing until the client goes. */
    record StallAfter(int bytes) implements Behaviour {}

    /** Sends the right number of bytes, one of them wrong. */
    record Corrupt() implements Behaviour {}
  }

  /**
   * A GET as it came in.
   *
   * @param number of the request, from 1
   */
  public record Request(int number, String key, String range) {}

  /**
   * Bytes as they went out.
   *
   * @param nanos when, as {@link System#nanoTime} has it
   * @param key of their object
   */
  public record Sent(long nanos, String key, int bytes) {}

  private static final class Stored {
    private final byte[] bytes;
    private final String etag;

    Stored(byte[] bytes, String etag) {
      this.bytes = bytes.clone();
      this.etag = etag;
    }
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final Pattern VERSION = Pattern.compile("versionId=([^&]+)");
  private static final int CHUNK = 16 * 1024;

  private final HttpServer server;
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final Map<String, List<String>> knownVersions = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytesSent = new AtomicLong();
  private volatile Function<Request, Behaviour> behaviour = _ -> new Behaviour.Serve();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile long pauseNanosPerChunk;
  private volatile long delayNanos;
  private volatile boolean closing;

  public FakeS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Puts an object at {@code bucket/key}. */
  public void put(String key, byte[] bytes, String etag) {
    objects.put(key, new Stored(bytes, etag));
  }

  public void removeAll() {
    objects.clear();
  }

  /** The only version ids that a GET of this object may name. */
  public void knowVersions(String key, List<String> versions) {
    knownVersions.put(key, List.copyOf(versions));
  }

  public void behave(Function<Request, Behaviour> next) {
    behaviour = next;
  }

  /** Slows each connection to about so many bytes a second. */
  public void limit(long bytesPerSecond) {
    pauseNanosPerChunk = CHUNK * 1_000_000_000L / bytesPerSecond;
  }

  public void unlimited() {
    pauseNanosPerChunk = 0;
  }

  /** Has each answer begin so much later. */
  public void delay(Duration next) {
    delayNanos = next.toNanos();
  }

  /** Most requests that it answered at the same time, since this was asked for last. */
  public int mostInFlight() {
    return mostInFlight.getAndSet(inFlight.get());
  }

  public int requests() {
    return requests.get();
  }

  /** All that went out so far, in order. */
  public List<Sent> sent() {
    return sent.stream().sorted(Comparator.comparingLong(Sent::nanos)).toList();
  }

  public long bytesSent() {
    return bytesSent.get();
  }

  @Override
  public void close() {
    closing = true;
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
    try (exchange) {
      LockSupport.parkNanos(delayNanos);
      var key = exchange.getRequestURI().getPath().substring(1);
      var stored = objects.get(key);
      if (stored == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var query = String.valueOf(exchange.getRequestURI().getQuery());
      var version = VERSION.matcher(query);
      if (version.find()
          && !knownVersions.getOrDefault(key, List.of()).contains(version.group(1))) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
      if (!("\"" + stored.etag + "\"").equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
        exchange.sendResponseHeaders(412, -1);
        return;
      }
      var request = new Request(requests.incrementAndGet(), key, range);
      serve(exchange, request, stored, behaviour.apply(request));
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void serve(HttpExchange exchange, Request request, Stored stored, Behaviour how)
      throws IOException {
    if (how instanceof Behaviour.Fail(int status)) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    var match = RANGE.matcher(request.range());
    if (!match.matches()) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    int from = Integer.parseInt(match.group(1));
    int to = Integer.parseInt(match.group(2));
    if (to >= stored.bytes.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    var body = Arrays.copyOfRange(stored.bytes, from, to + 1);
    var headers = exchange.getResponseHeaders();
    headers.set("ETag", "\"" + stored.etag + "\"");
    headers.set("Content-Range", "bytes %d-%d/%d".formatted(from, to, stored.bytes.length));
    exchange.sendResponseHeaders(206, body.length);
    send(exchange, request.key(), body, how);
  }

  private void send(HttpExchange exchange, String key, byte[] body, Behaviour how)
      throws IOException {
    switch (how) {
      case Behaviour.Serve _, Behaviour.Fail _ -> write(exchange, key, body, body.length);
      case Behaviour.CutAfter(int bytes) ->
          write(exchange, key, body, Math.min(bytes, body.length));
      case Behaviour.StallAfter(int bytes) -> {
        write(exchange, key, body, Math.min(bytes, body.length));
        exchange.getResponseBody().flush();
        long end = System.nanoTime() + 10_000_000_000L;
        while (!closing && System.nanoTime() < end) {
          LockSupport.parkNanos(50_000_000);
        }
      }
      case Behaviour.Corrupt _ -> {
        body[body.length / 2] ^= 1;
        write(exchange, key, body, body.length);
      }
    }
  }

  private void write(HttpExchange exchange, String key, byte[] body, int length)
      throws IOException {
    for (int at = 0; at < length; at += CHUNK) {
      int step = Math.min(CHUNK, length - at);
      exchange.getResponseBody().write(body, at, step);
      bytesSent.addAndGet(step);
      sent.add(new Sent(System.nanoTime(), key, step));
      if (pauseNanosPerChunk > 0) {
        exchange.getResponseBody().flush();
        LockSupport.parkNanos(pauseNanosPerChunk);
      }
    }
  }
}
