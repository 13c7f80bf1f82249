package io.hydra.testing.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What machines do that follow keys of Consul by its blocking queries, each on a connection of its
 * own.
 */
public final class KeyWatchers implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final Duration RETRY = Duration.ofMillis(250);

  private final EventLoop loop = new EventLoop();
  private final InetSocketAddress consul;
  private final HttpLine writer;
  private final Map<String, List<Watcher>> watchers = new HashMap<>();

  private volatile boolean closed;
  private volatile Optional<Wake> awaited = Optional.empty();

  /** Who still has to be told of a value. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Wake(byte[] value, CountDownLatch missing, long[] last) {}

  public KeyWatchers(URI consul) {
    this.consul = new InetSocketAddress(consul.getHost(), consul.getPort());
    writer = new HttpLine(loop, this.consul);
  }

  /** Follows a key, which is there, by so many connections. */
  public void watch(String key, int count) {
    for (int i = 0; i < count; i++) {
      var watcher = new Watcher(key);
      watchers.computeIfAbsent(key, _ -> new ArrayList<>()).add(watcher);
      loop.execute(watcher::ask);
    }
  }

  /** How many connections follow something and have had their first answer. */
  public long watching() {
    return watchers.values().stream().flatMap(List::stream).filter(it -> it.index > 0).count();
  }

  public List<String> keys() {
    return watchers.keySet().stream().sorted().toList();
  }

  /** Writes a value and returns once it is written. */
  public void put(String key, String value) throws IOException, InterruptedException {
    var done = new CountDownLatch(1);
    var failure = Collections.synchronizedList(new ArrayList<String>());
    write(key, value.getBytes(StandardCharsets.UTF_8), done, failure);
    if (!done.await(30, TimeUnit.SECONDS) || !failure.isEmpty()) {
      throw new IOException("Consul does not take a value: " + failure);
    }
  }

  /**
   * Writes a value that was not there before and waits until all that follow the key have it.
   *
   * @return how long that took, in milliseconds
   */
  public double tell(String key, String value) throws IOException, InterruptedException {
    int count = watchers.getOrDefault(key, List.of()).size();
    var encoded = java.util.Base64.getEncoder().encode(value.getBytes(StandardCharsets.UTF_8));
    var wake = new Wake(encoded, new CountDownLatch(count), new long[1]);
    awaited = Optional.of(wake);
    long began = System.nanoTime();
    put(key, value);
    if (!wake.missing().await(30, TimeUnit.SECONDS)) {
      throw new IOException(wake.missing().getCount() + " of " + count + " were not told in 30 s");
    }
    return (wake.last()[0] - began) / 1e6;
  }

  private void write(String key, byte[] value, CountDownLatch done, List<String> failure) {
    loop.execute(
        () ->
            writer.send(
                "PUT",
                "/v1/kv/" + key,
                value,
                new HttpLine.Outcome() {
                  @Override
                  public void answered(HttpAnswer answer) {
                    if (!answer.succeeded()) {
                      failure.add("HTTP status " + answer.status());
                    }
                    done.countDown();
                  }

                  @Override
                  public void failed(IOException why) {
                    failure.add(String.valueOf(why.getMessage()));
                    done.countDown();
                  }
                }));
  }

  /** One connection. */
  private final class Watcher implements HttpLine.Outcome {
    private final String key;
    private final HttpLine line;
    private volatile long index;
    private byte[] last = NOTHING;

    Watcher(String key) {
      this.key = key;
      line = new HttpLine(loop, consul);
    }

    void ask() {
      if (!closed) {
        line.send("GET", "/v1/kv/" + key + "?wait=5m&index=" + index, NOTHING, this);
      }
    }

    @Override
    public void answered(HttpAnswer answer) {
      if (!answer.succeeded()) {
        loop.after(RETRY, this::ask);
        return;
      }
      index = answer.header("X-Consul-Index").map(Long::parseLong).orElse(0L);
      awaited.ifPresent(wake -> look(wake, answer.body()));
      ask();
    }

    private void look(Wake wake, byte[] body) {
      if (last != wake.value() && Json.contains(body, wake.value())) {
        last = wake.value();
        wake.last()[0] = System.nanoTime();
        wake.missing().countDown();
      }
    }

    @Override
    public void failed(IOException why) {
      index = 0;
      loop.after(RETRY, this::ask);
    }
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }
}
