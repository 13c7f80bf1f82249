package io.hydra.api;

import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
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

/** Nodes: their registration, desired state and reports. */
@Path("/api/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
public interface NodesApi {
  @GET
  @Operation(operationId = "listNodes", summary = "List nodes, ordered by name")
  Page<NodeView> list(
      @QueryParam("cursor") Optional<String> cursor,
      @QueryParam("limit") @DefaultValue("100") int limit);

  @GET
  @Path("{node}")
  @Operation(operationId = "getNode", summary = "Read a node")
  NodeView get(@PathParam("node") String node);

  @PUT
  @Path("{node}")
  @Operation(operationId = "putNode", summary = "Register a node, or change its registration")
  NodeView put(@PathParam("node") String node, NodeRegistration registration);

  @DELETE
  @Path("{node}")
  @Operation(
      operationId = "deleteNode",
      summary = "Forget a node",
      description = "Refused while an instance is registered on it.")
  void delete(@PathParam("node") String node);

  @POST
  @Path("{node}/report")
  @Operation(operationId = "reportNode", summary = "Report a node's whole inventory")
  void report(@PathParam("node") String node, NodeReport report);

  @GET
  @Path("{node}/desired")
  @Operation(
      operationId = "getNodeDesired",
      summary = "Read what the node shall hold, waiting for a change",
      description =
          "Answers at once when the epoch is newer than `since`, else after a change or when `wait` is over.")
  NodeDesired desired(
      @PathParam("node") String node,
      @QueryParam("since") @DefaultValue("0") long since,
      @QueryParam("wait") @DefaultValue("0s") String wait);
}
