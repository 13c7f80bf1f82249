package io.hydra.api;

import io.hydra.wire.EndpointState;
import io.hydra.wire.EndpointView;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Instances: their registration, grants and reports. */
@Path("/api/v1/instances")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Instances")
public interface InstancesApi {
  @GET
  @Operation(operationId = "listInstances", summary = "List instances, ordered by id")
  Page<InstanceView> list(
      @QueryParam("channel") Optional<String> channel,
      @QueryParam("cursor") Optional<String> cursor,
      @QueryParam("limit") @DefaultValue("100") int limit);

  @GET
  @Path("{instance}")
  @Operation(operationId = "getInstance", summary = "Read an instance")
  InstanceView get(@PathParam("instance") String instance);

  @PUT
  @Path("{instance}")
  @Operation(
      operationId = "putInstance",
      summary = "Register an instance, or change its registration")
  InstanceView put(@PathParam("instance") String instance, InstanceRegistration registration);

  @DELETE
  @Path("{instance}")
  @Operation(
      operationId = "deleteInstance",
      summary = "Forget an instance",
      description = "Refused (`IN_USE`) while the instance is connected, unless `force` is true.")
  void delete(
      @PathParam("instance") String instance,
      @QueryParam("force") @DefaultValue("false") boolean force);

  @POST
  @Path("{instance}/report")
  @Operation(operationId = "reportInstance", summary = "Report what an instance serves and does")
  void report(@PathParam("instance") String instance, InstanceReport report);

  @GET
  @Path("{instance}/desired")
  @Operation(
      operationId = "getInstanceDesired",
      summary = "Read what the instance may do, waiting for a change",
      description =
          "Answers at once when the epoch is newer than `since`, else after a change or when `wait` is over.")
  InstanceDesired desired(
      @PathParam("instance") String instance,
      @QueryParam("since") @DefaultValue("0") long since,
      @QueryParam("wait") @DefaultValue("0s") String wait);

  @GET
  @Path("{instance}/endpoint")
  @Operation(
      operationId = "getInstanceEndpoint",
      summary = "Read whether Services send traffic to an instance, waiting for a change",
      description =
          "Answers at once when the state is another than `unless`, else after a change or when `wait` is over. `UNKNOWN` is answered at once.")
  EndpointView endpoint(
      @PathParam("instance") String instance,
      @QueryParam("unless") Optional<EndpointState> unless,
      @QueryParam("wait") @DefaultValue("0s") String wait);

  @POST
  @Path("{instance}/eviction")
  @Operation(
      operationId = "evictInstance",
      summary = "Have the instance's pod replaced",
      description =
          "Only for an instance that is granted a release other than the one it serves (`CONFLICT`). `DISRUPTION_REFUSED` when a PodDisruptionBudget allows no disruption at present.")
  void evict(@PathParam("instance") String instance);
}
