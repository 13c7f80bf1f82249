package io.hydra.docto.desired;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hydra.docto.manager.ManagerCalls;
import io.hydra.docto.place.DurableFiles;
import io.hydra.docto.place.JsonFiles;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Frozen file lists, from {@code state/manifests/} or else from the manager. Each is proven by its
 * digest, wherever it comes from.
 */
@Singleton
public final class Manifests {
  private final NodeLayout layout;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final ManagerCalls manager;

  public Manifests(NodeLayout layout, ObjectMapper json, ManagerCalls manager) {
    this.layout = layout;
    this.reader = json.readerFor(Manifest.class);
    this.writer = json.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.manager = manager;
  }

  /**
   * @throws HydraException with the manager's code, {@code UNAVAILABLE} where it does not answer,
   *     {@code VERIFICATION_FAILED} where its answer is not the manifest that was asked for
   */
  public Manifest get(Digest digest) throws IOException {
    var kept = read(digest);
    if (kept.isPresent()) {
      return kept.get();
    }
    var manifest = ask(digest);
    if (!manifest.digest().equals(digest)) {
      throw new HydraException(
          ErrorCode.VERIFICATION_FAILED,
          "the manager's manifest %s is not what its digest says".formatted(digest.brief()));
    }
    DurableFiles.replace(path(digest), out -> writer.writeValue(out, manifest));
    return manifest;
  }

  public void forget(Digest digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  private Manifest ask(Digest digest) {
    try {
      return manager.manifest(digest);
    } catch (ProcessingException unreachable) {
      throw new HydraException(
          ErrorCode.UNAVAILABLE,
          "the manager does not give manifest %s: %s"
              .formatted(digest.brief(), unreachable.getMessage()),
          unreachable);
    }
  }

  private Optional<Manifest> read(Digest digest) throws IOException {
    Optional<Manifest> kept = JsonFiles.read(path(digest), reader);
    return kept.filter(manifest -> manifest.digest().equals(digest));
  }

  private Path path(Digest digest) {
    return layout.state().resolve("manifests").resolve(digest.hex() + ".json");
  }
}
