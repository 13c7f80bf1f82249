package io.hydra.docto.verify;

import java.util.List;

/** What one pass through a file showed. */
public sealed interface Verdict {
  /**
   * Length and every checksum are right.
   *
   * @param sha256 of the whole file
   */
  record Proven(String sha256) implements Verdict {}

  /** These parts are not what was received: the disk lost or changed them. */
  record DamagedParts(List<Integer> parts) implements Verdict {}

  /** The file is whole as received, but not what its manifest says. */
  record WrongContent(String detail) implements Verdict {}
}
