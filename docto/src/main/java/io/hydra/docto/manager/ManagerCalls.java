package io.hydra.docto.manager;

import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;

/** What this node asks of and tells the manager. Every call may fail with a runtime exception. */
public interface ManagerCalls {
  void register();

  /** Waits for an order newer than {@code since}; may return an unchanged one. */
  NodeDesired awaitDesired(long since);

  void report(NodeReport report);

  Manifest manifest(Digest digest);

  /** Ends what is still under way; nothing is asked afterwards. */
  default void close() {}
}
