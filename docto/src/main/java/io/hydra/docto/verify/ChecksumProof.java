package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Finds out whether bytes that come piece by piece, in order, have a checksum. */
public final class ChecksumProof {
  private final Checksum stated;
  private final Hasher hasher;

  public ChecksumProof(Checksum stated) {
    this.stated = stated;
    this.hasher = Hasher.of(stated.algorithm());
  }

  /** Takes all that remains in the buffer. */
  public void update(ByteBuffer bytes) {
    hasher.update(bytes);
  }

  /** Over all bytes; to be asked once. */
  public boolean holds() {
    return stated.hex().toLowerCase(Locale.ROOT).equals(hasher.hex());
  }
}
