package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** What becomes of a pod that is to be created. */
sealed interface Verdict {
  /**
   * It is created.
   *
   * @param patch what is added to it; may be nothing
   * @param warnings for who creates it
   */
  record Admitted(ArrayNode patch, List<String> warnings) implements Verdict {
    public Admitted {
      warnings = List.copyOf(warnings);
    }
  }

  /** It is not created, as it could never serve. */
  record Refused(String why) implements Verdict {}
}
