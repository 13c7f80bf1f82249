package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Makes connections: addresses, proxy, TLS. */
final class Connector {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final TimeLimits limits;
  private final Addresses addresses;
  private final Optional<SSLContext> tls;
  private final ScheduledExecutorService timer;

  Connector(
      TimeLimits limits,
      Addresses addresses,
      Optional<SSLContext> tls,
      ScheduledExecutorService timer) {
    this.limits = limits;
    this.addresses = addresses;
    this.tls = tls;
    this.timer = timer;
  }

  Connection connect(Route route) throws IOException {
    var alarm = new Alarm(timer);
    var transport = route.origin().secure() ? secure(route, alarm) : plain(route);
    alarm.ends(transport::close);
    return new Connection(route, transport, alarm);
  }

  /** Of a channel: an interrupt closes it, also in a thread of the system. */
  private Transport plain(Route route) throws IOException {
    return addresses.connect(
        route,
        (address, millis) -> {
          var channel = SocketChannel.open();
          try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Only the socket of a channel has a time limit for this.
            channel.socket().connect(address, millis);
            return new PlainTransport(channel);
          } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
          }
        });
  }

  private Transport secure(Route route, Alarm alarm) throws IOException {
    var context =
        tls.orElseThrow(() -> new IOException("no TLS is configured for " + route.origin()));
    var below = plain(route);
    alarm.ends(below::close);
    try {
      if (route.proxy().isPresent()) {
        alarm.set("no tunnel by the proxy " + route.proxy().get(), limits.handshake());
        tunnel(below, route.origin(), route.proxy().get(), alarm);
      }
      alarm.set("no end of the TLS handshake", limits.handshake());
      var secured = TlsTransport.over(below, engine(context, route.origin()));
      alarm.off();
      return secured;
    } catch (IOException failed) {
      alarm.end();
      below.close();
      throw alarm.explained(failed);
    } catch (RuntimeException failed) {
      alarm.end();
      below.close();
      throw failed;
    }
  }

  /** Names are verified as for HTTPS (RFC 9110, section 4.3.4). */
  private static SSLEngine engine(SSLContext context, Origin origin) {
    var engine = context.createSSLEngine(origin.host(), origin.port());
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(PROTOCOLS);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** RFC 9110, section 9.3.6. */
  private static void tunnel(Transport below, Origin origin, Proxy proxy, Alarm alarm)
      throws IOException {
    var request =
        new StringBuilder(
            "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n".formatted(origin.hostAndPort()));
    proxy
        .authorization()
        .ifPresent(it -> request.append("Proxy-Authorization: ").append(it).append("\r\n"));
    below.write(ByteBuffer.wrap(request.append("\r\n").toString().getBytes(ISO_8859_1)));
    var in = new Inbound(below, alarm);
    var head = new HeadReader(in).head();
    if (head.status() / 100 != 2) {
      throw new IOException(
          "the proxy %s opens no tunnel to %s: HTTP status %d%s"
              .formatted(proxy, origin.hostAndPort(), head.status(), meaning(head.status())));
    }
    if (in.hasMore()) {
      throw new AmbiguousAnswer("the proxy %s sends more than it may".formatted(proxy));
    }
  }

  private static String meaning(int status) {
    return status == 407 ? ", it wants other credentials" : "";
  }
}
