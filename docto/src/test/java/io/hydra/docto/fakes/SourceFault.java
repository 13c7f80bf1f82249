package io.hydra.docto.fakes;

import io.hydra.error.ErrorCode;
import java.util.Set;

/** A way in which what comes from a source is wrong for a while. */
public interface SourceFault {
  /** Whether nothing at all arrives while everything fails so. */
  enum Lasting {
    YES,
    NO
  }

  String name();

  Lasting lasting();

  /** What may be reported of it; none where it is only to be waited out. */
  Set<ErrorCode> codes();
}
