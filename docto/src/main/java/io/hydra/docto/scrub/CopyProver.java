package io.hydra.docto.scrub;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.place.ContentDirectory;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.MediumErrors;
import io.hydra.docto.place.RamRoot;
import io.hydra.docto.scrub.CopyReader.Leave;
import io.hydra.layout.NodeLayout;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Proves whole copies: names, kinds and sizes first, then one file after another. */
final class CopyProver {
  private static final Logger LOG = Logger.getLogger(CopyProver.class);

  private final ContentStore store;
  private final NodeLayout layout;
  private final CopyReader reader;

  CopyProver(ContentStore store, NodeLayout layout, CopyReader reader) {
    this.store = store;
    this.layout = layout;
    this.reader = reader;
  }

  /**
   * Returns at the first file that is wrong, or when leave is refused.
   *
   * @throws IOException where something could not be read, and that says nothing of the copy
   */
  Proof prove(Copy copy, Leave leave) throws IOException, InterruptedException {
    if (!leave.mayRead()) {
      return new Proof.Abandoned();
    }
    var structure = structure(copy);
    if (structure.isPresent()) {
      return new Proof.Wrong(structure.get());
    }
    for (var file : copy.content().files()) {
      var proof = proveTwice(copy, file, leave);
      if (!(proof instanceof Proof.Sound)) {
        return proof;
      }
    }
    return new Proof.Sound();
  }

  private Optional<String> structure(Copy copy) throws IOException {
    try {
      return switch (copy.medium()) {
        case DISK -> store.structure(copy.content());
        case RAM -> ram().structure(copy.content());
      };
    } catch (IOException failure) {
      var reason = MediumErrors.reason(failure).orElseThrow(() -> failure);
      return Optional.of("its directory " + reason);
    }
  }

  /** What is read wrongly once may have been damaged on its way, or by the memory it came to. */
  private Proof proveTwice(Copy copy, CommittedFile file, Leave leave)
      throws IOException, InterruptedException {
    var first = proveOnce(reader, copy, file, leave);
    if (!(first instanceof Proof.Wrong(String reason))) {
      return first;
    }
    var second = proveOnce(reader.elsewhere(), copy, file, leave);
    if (second instanceof Proof.Sound) {
      LOG.warnf(
          "digest=%s %s, when read once more %s it is: this node's memory, disk or cables may fail",
          copy.content().digest().brief(), reason, copy.medium().words());
    }
    return second;
  }

  private Proof proveOnce(CopyReader by, Copy copy, CommittedFile file, Leave leave)
      throws IOException, InterruptedException {
    if (!leave.mayRead()) {
      return new Proof.Abandoned();
    }
    var proof = by.prove(directory(copy), file, copy.medium(), leave);
    leave.hasClosed(file);
    return proof;
  }

  private ContentDirectory directory(Copy copy) {
    var digest = copy.content().digest();
    return switch (copy.medium()) {
      case DISK -> store.directory(digest);
      case RAM -> ram().directory(digest);
    };
  }

  private RamRoot ram() {
    return new RamRoot(layout.ramRoot().orElseThrow());
  }
}
