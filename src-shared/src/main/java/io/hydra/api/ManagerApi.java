package io.hydra.api;

import io.hydra.wire.ManagerInfo;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The manager itself. */
@Path("/api/v1/manager")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Manager")
public interface ManagerApi {
  @GET
  @Operation(
      operationId = "getManager",
      summary = "Read what this manager is and which environments it serves")
  ManagerInfo info();
}
