package io.hydra.appman.target;

import io.hydra.api.InstancesApi;
import io.hydra.api.ProblemReader;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Clients of the manager's API.
 *
 * @param calls for what is answered at once
 * @param polls for what may take as long as a long poll
 */
public record ManagerConnection(InstancesApi calls, InstancesApi polls) implements AutoCloseable {
  /** How long the manager may hold a long poll, as it is asked to. */
  static final String WAIT = "30s";

  /** For an answer at once: what the orders are now. */
  static final String NO_WAIT = "0s";

  private static final Logger LOG = Logger.getLogger(ManagerConnection.class);
  private static final int WAIT_SECONDS = 30;
  private static final int CALL_SECONDS = 5;

  public static ManagerConnection to(URI manager) {
    return new ManagerConnection(
        client(manager, CALL_SECONDS), client(manager, WAIT_SECONDS + CALL_SECONDS));
  }

  private static InstancesApi client(URI manager, int seconds) {
    return QuarkusRestClientBuilder.newBuilder()
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
