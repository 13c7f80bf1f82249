package io.hydra.docto.http;

import java.util.Optional;

/** An origin and the proxy on the way to it: what a connection can be used for. */
record Route(Origin origin, Optional<Proxy> proxy) {
  /** The proxy, where it reads requests; through a tunnel it does not see them. */
  Optional<Proxy> forwarding() {
    return origin.secure() ? Optional.empty() : proxy;
  }

  /** Who is connected to. */
  String host() {
    return proxy.map(Proxy::host).orElse(origin.host());
  }

  int port() {
    return proxy.map(Proxy::port).orElse(origin.port());
  }

  @Override
  public String toString() {
    return origin.hostAndPort() + proxy.map(it -> " by the proxy " + it).orElse("");
  }
}
