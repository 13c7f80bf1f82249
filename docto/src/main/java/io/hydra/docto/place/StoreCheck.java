package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent;

/** What looking at a directory of the store showed. Names, kinds and sizes; bytes are not read. */
public sealed interface StoreCheck {
  /** It is what its marker says. */
  record Sound(CommittedContent content) implements StoreCheck {}

  /** There is no marker that can be read: the agent ended before it was written, or was older. */
  record Unmarked() implements StoreCheck {}

  record Damaged(String reason) implements StoreCheck {}
}
