package io.hydra.api;

import io.hydra.model.ChannelSettings;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Explanation;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.Page;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PromoteRequest;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RejectRequest;
import io.hydra.wire.ReleasePlan;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RepublishRequest;
import io.hydra.wire.RollbackRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** Channels and the releases in them. */
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
public interface ChannelsApi {
  /**
   * A header, {@code true} where the manager that answers cannot reach its state: what it tells may
   * be older than what others were told, but not older than what it has told itself. Without it an
   * answer holds every change that was acknowledged before the question was asked.
   */
  String STALE = "Hydra-Stale";

  @GET
  @Operation(operationId = "listChannels", summary = "List channels, ordered by name")
  Page<ChannelView> list(
      @QueryParam("env") Optional<String> env,
      @QueryParam("namespace") Optional<String> namespace,
      @QueryParam("cursor") Optional<String> cursor,
      @QueryParam("limit") @DefaultValue("100") int limit);

  @GET
  @Path("{env}/{namespace}/{name}")
  @Operation(operationId = "getChannel", summary = "Read a channel")
  ChannelView get(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name);

  @PUT
  @Path("{env}/{namespace}/{name}")
  @Operation(
      operationId = "putChannel",
      summary = "Create a channel or change its settings",
      description =
          "Settings that are left out keep their value, or take the default in a new channel.")
  ChannelView put(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      ChannelSettings settings);

  @DELETE
  @Path("{env}/{namespace}/{name}")
  @Operation(
      operationId = "deleteChannel",
      summary = "Delete a channel",
      description =
          "Refused while an instance is registered for it, a pod that is to consume it is known, or one is expected on a node.")
  void delete(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch);

  @POST
  @Path("{env}/{namespace}/{name}/releases")
  @Operation(
      operationId = "publish",
      summary = "Publish a release",
      description =
          "Finds the version, checks that every source exists, freezes the manifests and appends the release. The same"
              + " content as the newest release gives that release (200), else a new one (201). With `createChannel` a"
              + " channel that does not exist is made, unless the publish is refused or a dry run.")
  PublishResult publish(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey,
      PublishRequest request);

  @POST
  @Path("{env}/{namespace}/{name}/plan")
  @Operation(
      operationId = "plan",
      summary = "Tell what a publish would lead to",
      description =
          "Resolves and checks as a publish does, and changes nothing: on which nodes the release fits, what each would fetch and evict and how long that takes, which instances would reload.")
  ReleasePlan plan(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      PublishRequest request);

  @POST
  @Path("{env}/{namespace}/{name}/republish")
  @Operation(
      operationId = "republish",
      summary = "Release the content of an existing release again",
      description =
          "Makes a new release (201) of the manifests that the existing one has, of this channel or of another that the caller may"
              + " read; nothing is looked for at the sources. Content that is older than the head, or was rejected, is taken. The same"
              + " content as the newest release gives that release (200), unless it was rejected.")
  PublishResult republish(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey,
      RepublishRequest request);

  @GET
  @Path("{env}/{namespace}/{name}/releases")
  @Operation(operationId = "listReleases", summary = "List a channel's releases, newest first")
  Page<ReleaseView> releases(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @QueryParam("cursor") Optional<String> cursor,
      @QueryParam("limit") @DefaultValue("100") int limit);

  @GET
  @Path("{env}/{namespace}/{name}/releases/{version}")
  @Operation(operationId = "getRelease", summary = "Read a release")
  ReleaseView release(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @PathParam("version") String version);

  @PUT
  @Path("{env}/{namespace}/{name}/pin")
  @Operation(
      operationId = "pin",
      summary = "Keep consumers on a release, whatever the head is",
      description =
          "In the whole channel, or in one scope. A scope's own pin overrides the channel's, and that one the scope's head.")
  ChannelView pin(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      PinRequest request);

  @DELETE
  @Path("{env}/{namespace}/{name}/pin")
  @Operation(
      operationId = "unpin",
      summary = "Let consumers follow the head again",
      description =
          "Of the channel, or of one scope. The channel's pin and those of its scopes are apart.")
  ChannelView unpin(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      @QueryParam("scope") Optional<String> scope);

  @POST
  @Path("{env}/{namespace}/{name}/rollback")
  @Operation(
      operationId = "rollback",
      summary = "Make another release the head",
      description =
          "An older release, or a newer one that was rejected: its rejection is removed. The releases that are newer than"
              + " the new head are rejected and never picked again by themselves. With a scope: all that in it alone.")
  ChannelView rollback(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      RollbackRequest request);

  @POST
  @Path("{env}/{namespace}/{name}/promote")
  @Operation(
      operationId = "promote",
      summary = "Make a staged release the head",
      description =
          "Without a version: the newest that is staged. Whether nodes have it does not matter. Of the others, older ones are"
              + " passed over and newer ones stay staged. The head itself is promoted already. Without a scope: wherever it is"
              + " staged.")
  ChannelView promote(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      PromoteRequest request);

  @POST
  @Path("{env}/{namespace}/{name}/reject")
  @Operation(
      operationId = "reject",
      summary = "Never pick a release by itself",
      description =
          "A staged release is not promoted. Where it is the head, the head goes back to the newest older release that was the"
              + " head before and was not rejected. A pin on it stays. `rollback` to it undoes this.")
  ChannelView reject(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @HeaderParam("If-Match") Optional<String> ifMatch,
      RejectRequest request);

  @GET
  @Path("{env}/{namespace}/{name}/history")
  @Operation(
      operationId = "listHeadChanges",
      summary = "List the newest 64 changes of what consumers should be on, newest first")
  Page<HeadChange> history(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name);

  @GET
  @Path("{env}/{namespace}/{name}/head")
  @Operation(
      operationId = "getHeadAt",
      summary = "Tell what consumers should have been on at a time",
      description =
          "`at` is a time in ISO 8601 with an offset; now where it is left out. HISTORY_UNKNOWN where the channel was not there yet, or"
              + " more than 64 changes have come since. Instances follow within the rollout's time. With a scope: what those of"
              + " that scope should have been on.")
  HeadAt headAt(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @QueryParam("at") Optional<String> at,
      @QueryParam("scope") Optional<String> scope);

  @GET
  @Path("{env}/{namespace}/{name}/status")
  @Operation(
      operationId = "getStatus",
      summary = "Read how far the rollout is, node by node and instance by instance")
  ChannelStatus status(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name);

  @GET
  @Path("{env}/{namespace}/{name}/explain")
  @Operation(
      operationId = "explain",
      summary = "Tell why a release is or is not on a node or instance",
      description =
          "Without a version: the target. Without a node or instance: the channel as a whole.")
  Explanation explain(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @QueryParam("version") Optional<String> version,
      @QueryParam("node") Optional<String> node,
      @QueryParam("instance") Optional<String> instance);
}
