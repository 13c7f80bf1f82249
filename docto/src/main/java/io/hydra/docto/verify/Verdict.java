package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import java.util.List;

/** What the proof of a file showed. */
public sealed interface Verdict {
  /**
   * Length and every checksum are right.
   *
   * @param checksum of the whole file, the strongest that was computed
   */
  record Proven(Checksum checksum) implements Verdict {}

  /** These parts are not what was received: the disk lost or changed them. */
  record DamagedParts(List<Integer> parts) implements Verdict {}

  /** The file is whole as received, but not what its manifest says. */
  record WrongContent(String detail) implements Verdict {}
}
