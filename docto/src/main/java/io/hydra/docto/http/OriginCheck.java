package io.hydra.docto.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/** For clients other than {@link HttpClient}, which finds addresses by itself. */
public final class OriginCheck {
  private final Proxies proxies;
  private final Addresses addresses;

  /**
   * @param limit for the name to be resolved
   */
  public OriginCheck(Proxies proxies, Duration limit) {
    this(proxies, new Addresses(InetAddress::getAllByName, limit));
  }

  OriginCheck(Proxies proxies, Addresses addresses) {
    this.proxies = proxies;
    this.addresses = addresses;
  }

  /**
   * Returns where the origin, or the proxy on the way to it, has only addresses that may be asked.
   *
   * @throws RefusedAddress where it has others, as the client may take any of them
   * @throws TimeLimitExceeded where that is not known in time
   * @throws IOException where it has none
   */
  public void require(Origin origin) throws IOException {
    addresses.requireAllAllowed(new Route(origin, proxies.to(origin)));
  }
}
