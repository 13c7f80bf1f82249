package io.hydra.docto.manager;

import io.hydra.api.ManifestsApi;
import io.hydra.api.NodesApi;
import io.hydra.api.ProblemReader;
import io.hydra.api.TokenFile;
import io.hydra.docto.config.ManagerConfig;
import io.hydra.docto.config.NodeIdentity;
import io.hydra.docto.config.TlsConfig;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The manager, as this node speaks to it. Every call throws {@code HydraException} with the
 * manager's code, or {@code ProcessingException} where no manager answers.
 */
@Singleton
public class ManagerClient implements ManagerCalls, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ManagerClient.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final NodeIdentity node;
  private final ManagerConfig config;
  private final ClientTls tls;
  private final Optional<TokenFile> token;
  private final Standing standing;
  private final NodesApi nodes;
  private final NodesApi patientNodes;
  private final ManifestsApi manifests;
  private volatile boolean closed;

  ManagerClient(NodeIdentity node, ManagerConfig config, TlsConfig files, Standing standing) {
    this.standing = standing;
    this.node = node;
    this.config = config;
    this.tls = ClientTls.of("hydra.tls", files);
    this.token = config.tokenFile().map(file -> new TokenFile("hydra.manager.token-file", file));
    if (token.isPresent() && TokenFile.isOpenTo(config.url())) {
      LOG.warnf(
          "hydra.manager.url=%s is plain HTTP: whoever is on the way can read the token",
          config.url());
    }
    var connection = tls.to(config.url(), "hydra.manager.url");
    this.nodes = client(NodesApi.class, config.timeout(), connection);
    this.patientNodes =
        client(NodesApi.class, config.pollWait().plus(config.timeout()), connection);
    this.manifests = client(ManifestsApi.class, config.timeout(), connection);
  }

  @Override
  public void register() {
    var _ = call(() -> nodes.put(node.name().value(), node.registration()));
  }

  @Override
  public NodeDesired awaitDesired(long since) {
    var wait = config.pollWait().toMillis() + "ms";
    return call(() -> patientNodes.desired(node.name().value(), since, wait));
  }

  @Override
  public void report(NodeReport report) {
    var _ =
        call(
            () -> {
              nodes.report(node.name().value(), report);
              return report;
            });
  }

  @Override
  public Manifest manifest(Digest digest) {
    return call(() -> manifests.get(digest.hex()));
  }

  @Override
  public void close() {
    closed = true;
    for (var api : List.of(nodes, patientNodes, manifests)) {
      if (api instanceof Closeable client) {
        close(client);
      }
    }
  }

  /**
   * An interrupt, which the REST client swallows, and the end of all calls stop the caller. What
   * TLS refused is told in words.
   */
  private <T> T call(Supplier<T> request) {
    try {
      var answer = request.get();
      standing.accepted();
      return answer;
    } catch (RuntimeException e) {
      if (closed || e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      var told = TokenFile.refusal(e);
      if (told.isPresent()) {
        standing.failed(told.get());
        throw told.get();
      }
      var refused = tls.why(e);
      if (refused.isPresent()) {
        throw new ProcessingException(refused.get(), e);
      }
      throw e;
    }
  }

  private static void close(Closeable client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debugf("closing the client: %s", e.toString());
    }
  }

  private <T> T client(Class<T> api, Duration readTimeout, Optional<Tls> connection) {
    var builder = QuarkusRestClientBuilder.newBuilder();
    connection.ifPresent(secure -> builder.tlsConfiguration(secure.forQuarkus()));
    token.ifPresent(builder::register);
    return builder
        .baseUri(config.url())
        .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .register(new ProblemReader())
        .build(api);
  }
}
