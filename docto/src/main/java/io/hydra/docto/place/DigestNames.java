package io.hydra.docto.place;

import io.hydra.error.HydraException;
import io.hydra.model.Digest;
import java.nio.file.Path;
import java.util.Optional;

/** File names that are digests. Others are not ours and are left alone. */
final class DigestNames {
  private static final String JSON = ".json";

  private DigestNames() {}

  static Optional<Digest> of(Path path) {
    return parse(String.valueOf(path.getFileName()));
  }

  /** Of {@code DIGEST.json}. */
  static Optional<Digest> ofFile(Path path) {
    var name = String.valueOf(path.getFileName());
    return name.endsWith(JSON)
        ? parse(name.substring(0, name.length() - JSON.length()))
        : Optional.empty();
  }

  private static Optional<Digest> parse(String name) {
    try {
      return Optional.of(Digest.of(name));
    } catch (HydraException foreign) {
      return Optional.empty();
    }
  }
}
