package io.hydra.docto.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names on threads that nobody has to wait for: the system may take half a minute for an
 * answer, and neither an interrupt nor anything else ends that. Each name has one lookup in flight.
 */
final class Lookups {
  private final Addresses.Resolver resolver;
  private final Duration limit;
  private final Map<String, FutureTask<InetAddress[]>> inFlight = new ConcurrentHashMap<>();

  /**
   * @param limit for who waits, whoever began the lookup
   */
  Lookups(Addresses.Resolver resolver, Duration limit) {
    this.resolver = resolver;
    this.limit = limit;
  }

  /**
   * All addresses of a name; of an address itself.
   *
   * @throws UnknownHostException where the name has none
   * @throws TimeLimitExceeded where nothing is known in time
   * @throws InterruptedIOException where this thread was interrupted, and it is so again
   */
  List<InetAddress> all(String host) throws IOException {
    var literal = HostAndPort.literal(host);
    return literal.isPresent() ? List.of(literal.get()) : List.of(answer(host, lookup(host)));
  }

  private InetAddress[] answer(String host, FutureTask<InetAddress[]> lookup) throws IOException {
    try {
      return lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new TimeLimitExceeded(
          "the name '%s' was not resolved within %d ms".formatted(host, limit.toMillis()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while '%s' was resolved".formatted(host));
    } catch (CancellationException noThread) {
      throw new IOException("the system gives no thread to resolve names by", noThread);
    } catch (ExecutionException failed) {
      throw named(host, failed.getCause());
    }
  }

  private static IOException named(String host, @Nullable Throwable cause) {
    var named =
        cause instanceof UnknownHostException
            ? new UnknownHostException("the name '%s' is not known".formatted(host))
            : new IOException("the name '%s' was not resolved: %s".formatted(host, cause));
    named.initCause(cause);
    return named;
  }

  private FutureTask<InetAddress[]> lookup(String host) {
    var own = new FutureTask<>(() -> resolver.all(host));
    var others = inFlight.putIfAbsent(host, own);
    if (others != null) {
      return others;
    }
    try {
      Thread.ofPlatform().daemon().name("resolve-" + host).start(() -> run(host, own));
    } catch (OutOfMemoryError noThread) {
      inFlight.remove(host, own);
      own.cancel(false);
    }
    return own;
  }

  private void run(String host, FutureTask<InetAddress[]> lookup) {
    try {
      lookup.run();
    } finally {
      inFlight.remove(host, lookup);
    }
  }
}
