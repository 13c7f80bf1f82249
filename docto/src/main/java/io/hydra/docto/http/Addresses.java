package io.hydra.docto.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds one of a host's addresses that answers, of those that {@link AddressRules} allows. */
final class Addresses {
  /** A name takes longer: resolvers ask a second server when the first was silent for 5 s. */
  private static final int LOOKUPS = 2;

  /** Of a name that has very many. */
  private static final int MOST_TRIED = 4;

  /** As {@link InetAddress#getAllByName}. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** Connects to one address; leaves nothing open where that fails. */
  @FunctionalInterface
  interface Connecting<T> {
    T to(InetSocketAddress address, int timeoutMillis) throws IOException;
  }

  private final Lookups lookups;
  private final Duration limit;

  /**
   * @param limit for the name, and for each address
   */
  Addresses(Resolver resolver, Duration limit) {
    this.lookups = new Lookups(resolver, limit.multipliedBy(LOOKUPS));
    this.limit = limit;
  }

  /**
   * Tries one address after another.
   *
   * @throws UnknownHostException where the name has none
   * @throws RefusedAddress where none of them is allowed, or the origin is one that is not
   * @throws TimeLimitExceeded where none answers, and time was why, or the name was not resolved in
   *     time
   * @throws IOException where none can be connected to; the message has a reason for each
   */
  <T> T connect(Route route, Connecting<T> connecting) throws IOException {
    var failures = new ArrayList<IOException>();
    var told = new ArrayList<String>();
    for (var address : allowed(route)) {
      try {
        int millis = Math.toIntExact(Math.max(1, limit.toMillis()));
        return connecting.to(new InetSocketAddress(address, route.port()), millis);
      } catch (IOException failed) {
        if (failed instanceof ClosedByInterruptException
            || Thread.currentThread().isInterrupted()) {
          throw failed;
        }
        failures.add(failed);
        told.add(
            "%s: %s"
                .formatted(
                    address.getHostAddress(),
                    failed instanceof SocketTimeoutException
                        ? "no connection for %d ms".formatted(limit.toMillis())
                        : failed.getMessage()));
      }
    }
    throw failure("no connection to %s (%s)".formatted(route, String.join("; ", told)), failures);
  }

  /**
   * Of who is connected to. Names of origins behind a proxy are the proxy's to resolve.
   *
   * @throws RefusedAddress as {@link #connect}
   */
  private List<InetAddress> allowed(Route route) throws IOException {
    var all = all(route);
    var allowed = all.stream().filter(AddressRules::allows).limit(MOST_TRIED).toList();
    if (allowed.isEmpty() && !all.isEmpty()) {
      throw AddressRules.refusal(route.host(), all.getFirst());
    }
    return allowed;
  }

  /**
   * For who takes any of them.
   *
   * @throws RefusedAddress where one of them is not allowed
   */
  void requireAllAllowed(Route route) throws IOException {
    var refused = all(route).stream().filter(address -> !AddressRules.allows(address)).findFirst();
    if (refused.isPresent()) {
      throw AddressRules.refusal(route.host(), refused.get());
    }
  }

  private List<InetAddress> all(Route route) throws IOException {
    if (route.proxy().isPresent()) {
      AddressRules.requireAllowedLiteral(route.origin().host());
    }
    return lookups.all(route.host());
  }

  private static IOException failure(String message, List<IOException> failures) {
    boolean late = failures.stream().allMatch(SocketTimeoutException.class::isInstance);
    var failure = late ? new TimeLimitExceeded(message) : new IOException(message);
    failures.forEach(failure::addSuppressed);
    return failure;
  }
}
