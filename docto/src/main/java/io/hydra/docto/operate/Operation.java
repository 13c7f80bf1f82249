package io.hydra.docto.operate;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.model.Digest;
import io.hydra.wire.DesiredDataset;

/** One thing to do with one content. Plans are lists of these. */
public sealed interface Operation {
  Digest digest();

  /** Fetch into staging, prove, commit to the store. */
  record Fetch(DesiredDataset dataset) implements Operation {
    @Override
    public Digest digest() {
      return dataset.digest();
    }
  }

  /** Find out whether what was found in the store is what was committed. */
  record CheckDisk(Digest digest) implements Operation {}

  /** Copy from the store to RAM. */
  record Place(CommittedContent content) implements Operation {
    @Override
    public Digest digest() {
      return content.digest();
    }
  }

  /** Find out whether what was found in RAM is what was committed to the store. */
  record CheckRam(CommittedContent content) implements Operation {
    @Override
    public Digest digest() {
      return content.digest();
    }
  }

  /** Write anew what is wrong in the copy in RAM, from the store. */
  record MendRam(CommittedContent content) implements Operation {
    @Override
    public Digest digest() {
      return content.digest();
    }
  }

  /** Remove from the store what nothing keeps. */
  record EvictDisk(Digest digest) implements Operation {}

  /** Remove from the store what is damaged; it is wanted and will be fetched again. */
  record Withdraw(Digest digest) implements Operation {}

  record EvictRam(Digest digest) implements Operation {}

  /** Remove what was fetched so far. */
  record DropStaging(Digest digest) implements Operation {}

  /** Stop the fetch or the copy that is under way. */
  record Cancel(Digest digest) implements Operation {}
}
