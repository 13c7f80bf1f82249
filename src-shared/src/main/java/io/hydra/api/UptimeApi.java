package io.hydra.api;

import io.hydra.wire.UptimeForecast;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Scaling to zero outside of uptime windows. */
@Path("/api/v1/uptime")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Uptime")
public interface UptimeApi {
  @GET
  @Operation(
      operationId = "forecastUptime",
      summary = "Tell what uptime windows are going to do",
      description =
          "A dry run: what will be scaled and fetched in the next days, from `now` on, a time in ISO 8601, else from the"
              + " time by which the manager judges windows.")
  UptimeForecast forecast(
      @QueryParam("namespace") Optional<String> namespace,
      @QueryParam("now") Optional<String> now,
      @QueryParam("days") @DefaultValue("7") int days);
}
