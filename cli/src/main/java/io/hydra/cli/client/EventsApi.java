package io.hydra.cli.client;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;

/** The manager's events, as the text that they come as. */
@Path("/api/v1/events")
public interface EventsApi {
  /** Does not end until the manager ends it, or nothing has come for a while. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  InputStream watch(
      @QueryParam("env") Optional<String> env,
      @QueryParam("namespace") Optional<String> namespace,
      @QueryParam("name") Optional<String> name,
      @HeaderParam("Last-Event-ID") Optional<String> lastEventId);
}
