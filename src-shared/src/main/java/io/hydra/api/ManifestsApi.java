package io.hydra.api;

import io.hydra.model.Manifest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Manifests by digest. An answer never changes, and its reader can prove it by the digest. */
@Path("/api/v1/manifests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Manifests")
public interface ManifestsApi {
  @GET
  @Path("{digest}")
  @Operation(operationId = "getManifest", summary = "Read the frozen list of a dataset's files")
  Manifest get(@PathParam("digest") String digest);
}
