package io.hydra.docto.http;

import io.hydra.docto.http.ConnectionPool.Bounds;
import io.hydra.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Sends GETs and gives the answers as they come: redirects, errors and retries are its caller's. A
 * call blocks its thread; interrupting that ends the connection.
 */
public final class HttpClient implements AutoCloseable {
  private static final Bounds BOUNDS =
      new Bounds(128, Duration.ofSeconds(15), Duration.ofMinutes(5));
  private static final Duration TIMER_RESTS_AFTER = Duration.ofSeconds(5);

  private final TimeLimits limits;
  private final Proxies proxies;
  private final Connector connector;
  private final ConnectionPool pool;
  private final ScheduledThreadPoolExecutor timer = timer();

  /**
   * @param tls for origins that are secure; without it these are refused
   */
  public HttpClient(TimeLimits limits, Proxies proxies, Optional<Tls> tls) {
    this(limits, proxies, tls.map(HttpClient::context), InetAddress::getAllByName, BOUNDS);
  }

  HttpClient(
      TimeLimits limits,
      Proxies proxies,
      Optional<SSLContext> tls,
      Addresses.Resolver resolver,
      Bounds bounds) {
    this.limits = limits;
    this.proxies = proxies;
    this.connector = new Connector(limits, new Addresses(resolver, limits.connect()), tls, timer);
    this.pool = new ConnectionPool(bounds, timer);
  }

  /**
   * Sends a request and waits for the head of the answer.
   *
   * @throws TimeLimitExceeded where a step takes too long
   * @throws RefusedAddress where no source may be at its address
   * @throws MalformedAnswer where the answer is not understood
   * @throws AmbiguousAnswer where it may be understood in several ways
   * @throws IOException where there is no connection, or it breaks
   */
  public Response get(Request request) throws IOException {
    var route = new Route(request.origin(), proxy(request.origin()));
    var resting = pool.take(route);
    if (resting.isPresent()) {
      try {
        return get(request, resting.get());
      } catch (TimeLimitExceeded late) {
        throw late;
      } catch (IOException broken) {
        // The server may have closed it just when the request went out (RFC 9112, section 9.3.1).
        if (!resting.get().isUnanswered() || Thread.currentThread().isInterrupted()) {
          throw broken;
        }
      }
    }
    return get(request, connector.connect(route));
  }

  @Override
  public void close() {
    pool.close();
    timer.shutdownNow();
  }

  private Response get(Request request, Connection connection) throws IOException {
    var head = connection.exchange(request, limits);
    try {
      return new Response(connection, pool, limits, head, Framing.of(head));
    } catch (IOException | RuntimeException refused) {
      connection.close();
      throw refused;
    }
  }

  private Optional<Proxy> proxy(Origin origin) throws IOException {
    try {
      return proxies.to(origin);
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  private static SSLContext context(Tls tls) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(tls.keyManagers(), tls.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has TLS", impossible);
    }
  }

  /** Its thread is there only while something is waited for. */
  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-timer").factory());
    timer.setKeepAliveTime(TIMER_RESTS_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
