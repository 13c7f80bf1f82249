package io.hydra.manager.lead;

import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** Connections to the manager that leads. */
@ApplicationScoped
class LeaderClient {
  private static final int CONNECT_MILLIS = 2_000;

  /** A long poll takes one for itself, of each agent that came to this manager. */
  private static final int MOST_CONNECTIONS = 20_000;

  private static final int LONGEST_ANSWER_MILLIS = 120_000;

  private final LeadConfig config;
  private final ClientTls tls;
  private final HttpClient http;

  LeaderClient(LeadConfig config, Addresses addresses, Vertx vertx) {
    this.config = config;
    this.tls = ClientTls.of("hydra.leader.tls", config.tls());
    this.http = vertx.createHttpClient(options(addresses.own()));
  }

  /** Managers that share a state serve alike: HTTPS all of them, or none. */
  private HttpClientOptions options(URI own) {
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setMaxPoolSize(MOST_CONNECTIONS)
            .setDecompressionSupported(false);
    tls.to(own, "hydra.leader.url")
        .map(Tls::forQuarkus)
        .ifPresent(
            secure -> {
              options
                  .setTrustOptions(secure.getTrustStoreOptions())
                  .setEnabledSecureTransportProtocols(
                      secure.getSSLOptions().getEnabledSecureTransportProtocols());
              Optional.ofNullable(secure.getKeyStoreOptions())
                  .ifPresent(options::setKeyCertOptions);
            });
    return options;
  }

  /**
   * @param path with its query
   */
  Future<HttpClientRequest> request(URI leader, HttpMethod method, String path) {
    int port = leader.getPort() == -1 ? (isSecure(leader) ? 443 : 80) : leader.getPort();
    return http.request(
        new RequestOptions()
            .setMethod(method)
            .setServer(SocketAddress.inetSocketAddress(port, leader.getHost()))
            .setHost(config.certificateName().orElse(leader.getHost()))
            .setPort(port)
            .setSsl(isSecure(leader))
            .setTimeout(LONGEST_ANSWER_MILLIS)
            .setURI(path));
  }

  /** In words, why a call failed. */
  String why(Throwable failure) {
    return tls.why(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  @PreDestroy
  void close() {
    var unused = http.close();
  }

  private static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
