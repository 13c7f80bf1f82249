package io.hydra.cli.client;

import io.hydra.api.ChannelsApi;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Warns, once, of answers that may be older than what other managers tell. */
final class StaleAnswers implements ClientResponseFilter {
  private static final String WARNING =
      "hydra: STALE: the manager cannot reach its state; what it tells may be older than what other managers tell";

  private final Consumer<String> warnings;
  private final AtomicBoolean warned = new AtomicBoolean();

  StaleAnswers(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    // Without an answer there are none: the filter is called also where the connection ended first.
    var headers = Optional.ofNullable(response.getHeaders());
    if (headers.map(h -> h.getFirst(ChannelsApi.STALE)).filter("true"::equals).isPresent()
        && !warned.getAndSet(true)) {
      warnings.accept(WARNING);
    }
  }
}
