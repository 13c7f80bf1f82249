package io.hydra.docto.operate;

import io.hydra.docto.actual.Content;
import io.hydra.docto.source.FetchException;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * An operation made ready to run: how the content is marked meanwhile, the work, and how it is
 * marked when the work failed or was stopped.
 *
 * @param begin before the work, in the caller's thread
 * @param work returns how the content is marked after it
 * @param undo where the work did not come to its end
 */
record Step(UnaryOperator<Content> begin, Work work, UnaryOperator<Content> undo) {
  /** May take long; ends soon when interrupted. */
  @FunctionalInterface
  interface Work {
    UnaryOperator<Content> run() throws IOException, FetchException, InterruptedException;
  }
}
