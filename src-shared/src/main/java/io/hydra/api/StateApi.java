package io.hydra.api;

import io.hydra.model.Release;
import io.hydra.wire.ChannelState;
import io.hydra.wire.ManifestParts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * All that a manager knows of a channel, to be kept elsewhere or taken over by another manager.
 * Only an admin of all channels may call it.
 */
@Path("/api/v1/state")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public interface StateApi {
  /** Parts of compressed manifests have at most so many bytes. */
  int MAX_PART_BYTES = 300 * 1024;

  @GET
  @Path("channels/{env}/{namespace}/{name}")
  @Operation(
      operationId = "getChannelState",
      summary = "Read what is stored of a channel, without its releases")
  ChannelState channel(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name);

  @PUT
  @Path("channels/{env}/{namespace}/{name}")
  @Operation(
      operationId = "putChannelState",
      summary = "Restore a channel that is not there",
      description =
          "Its releases and their manifests must have been sent before. Nothing happens where the channel has this state already; `CONFLICT` where it has another.")
  void restoreChannel(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      ChannelState state);

  @GET
  @Path("channels/{env}/{namespace}/{name}/releases/{sequence}")
  @Operation(operationId = "getReleaseState", summary = "Read a release as it is stored")
  Release release(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @PathParam("sequence") long sequence);

  @PUT
  @Path("channels/{env}/{namespace}/{name}/releases/{sequence}")
  @Operation(
      operationId = "putReleaseState",
      summary = "Send a release of a channel that will be restored",
      description = "Of no effect where the channel is there.")
  void restoreRelease(
      @PathParam("env") String env,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @PathParam("sequence") long sequence,
      Release release);

  @PUT
  @Path("manifests/{digest}/parts/{part}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      operationId = "putManifestPart",
      summary = "Send a part of a manifest",
      description =
          "Parts are counted from 0: the manifest's JSON, compressed with gzip, cut after each 300 KiB.")
  void restoreManifestPart(
      @PathParam("digest") String digest, @PathParam("part") int part, byte[] content);

  @PUT
  @Path("manifests/{digest}")
  @Operation(
      operationId = "putManifest",
      summary = "Restore a manifest whose parts were sent",
      description = "`INVALID_REQUEST` where they are not what the digest names.")
  void restoreManifest(@PathParam("digest") String digest, ManifestParts parts);
}
