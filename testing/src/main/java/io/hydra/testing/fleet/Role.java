package io.hydra.testing.fleet;

import io.hydra.model.Digest;
import java.io.IOException;
import java.util.Set;

/** What an agent is: what it tells of itself, and what an order means to it. */
interface Role {
  /** Where the manager has it. */
  String path();

  /** The body with which it registers. */
  byte[] registration();

  /** All that it knows. */
  byte[] report(long epoch);

  /** It has heard of content that it has not got yet. */
  void expect(Digest digest);

  /**
   * Takes up an order.
   *
   * @return whose manifests it asks for before it has all of it
   */
  Set<Digest> take(byte[] order) throws IOException;

  /** It has all that the order wants. */
  void complete();
}
