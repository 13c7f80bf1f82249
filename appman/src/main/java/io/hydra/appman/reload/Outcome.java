package io.hydra.appman.reload;

import io.hydra.wire.Fault;

/** How an attempt to bring the application onto a release ended. */
public sealed interface Outcome {
  /** The application serves it, as far as it can tell. */
  record Loaded() implements Outcome {}

  /** The application was reached and did not take it: the release did not work here. */
  record Refused(Fault fault) implements Outcome {}

  /** Something other than the release stood in the way: nobody answered, or the disk failed. */
  record Hindered(Fault fault) implements Outcome {}
}
