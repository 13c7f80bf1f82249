package io.hydra.appman.target;

import io.hydra.api.InstancesApi;
import io.hydra.api.ProblemReader;
import io.hydra.api.TokenFile;
import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Clients of the manager's API.
 *
 * @param calls for what is answered at once
 * @param polls for what may take as long as a long poll
 * @param tls knows why TLS refuses a connection
 * @param standing whether the manager takes this instance for who it is
 */
public record ManagerConnection(
    InstancesApi calls, InstancesApi polls, ClientTls tls, Standing standing)
    implements AutoCloseable {
  /** How long the manager may hold a long poll, as it is asked to. */
  static final String WAIT = "30s";

  /** For an answer at once: what the orders are now. */
  public static final String NO_WAIT = "0s";

  private static final Logger LOG = Logger.getLogger(ManagerConnection.class);
  private static final int WAIT_SECONDS = 30;
  private static final int CALL_SECONDS = 5;

  /**
   * @throws io.hydra.tls.TlsRefusal where a file cannot be used
   */
  public static ManagerConnection to(URI manager, ClientTls tls, Optional<TokenFile> token) {
    var connection = tls.to(manager, "hydra.manager.url");
    if (token.isPresent() && TokenFile.isOpenTo(manager)) {
      LOG.warnf(
          "hydra.manager.url=%s is plain HTTP: whoever is on the way can read the token", manager);
    }
    return new ManagerConnection(
        client(manager, connection, token, CALL_SECONDS),
        client(manager, connection, token, WAIT_SECONDS + CALL_SECONDS),
        tls,
        new Standing());
  }

  /** In words, why a call failed. */
  public String failed(RuntimeException failure) {
    var refusal = TokenFile.refusal(failure);
    refusal.ifPresent(standing::failed);
    return refusal
        .map(told -> told.code() + ": " + told.detail())
        .or(() -> tls.why(failure))
        .orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  /** A call was answered as it should be. */
  public void succeeded() {
    standing.accepted();
  }

  private static InstancesApi client(
      URI manager, Optional<Tls> connection, Optional<TokenFile> token, int seconds) {
    var builder = QuarkusRestClientBuilder.newBuilder();
    connection.ifPresent(secure -> builder.tlsConfiguration(secure.forQuarkus()));
    token.ifPresent(builder::register);
    return builder
        .baseUri(manager)
        .register(new ProblemReader())
        .connectTimeout(CALL_SECONDS, TimeUnit.SECONDS)
        .readTimeout(seconds, TimeUnit.SECONDS)
        .build(InstancesApi.class);
  }

  /** Cuts off what is still asked, which is mostly a long poll. */
  @Override
  public void close() {
    close(calls);
    close(polls);
  }

  private static void close(InstancesApi client) {
    try {
      // Every client that the builder makes can be closed, though its type does not say so.
      if (client instanceof AutoCloseable open) {
        open.close();
      }
    } catch (Exception e) {
      LOG.debugf(e, "a client did not close well");
    }
  }
}
