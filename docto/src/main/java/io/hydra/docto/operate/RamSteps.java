package io.hydra.docto.operate;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.MediumErrors;
import io.hydra.docto.place.Mended;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.place.RamRoot;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Digest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** What is done with copies in RAM. */
@Singleton
final class RamSteps {
  private static final Logger LOG = Logger.getLogger(RamSteps.class);

  private final NodeLayout layout;
  private final Inventory inventory;
  private final ContentStore store;
  private final NodeSpace space;

  RamSteps(NodeLayout layout, Inventory inventory, ContentStore store, NodeSpace space) {
    this.layout = layout;
    this.inventory = inventory;
    this.store = store;
    this.space = space;
  }

  Step place(CommittedContent content) {
    var digest = content.digest();
    return new Step(
        c -> c.withRam(new RamCopy.Copying(0, content.bytes())),
        () -> copied(content),
        c -> c.withRam(ram().holds(digest) ? new RamCopy.Uncertain() : new RamCopy.Absent()));
  }

  Step check(CommittedContent content) {
    return new Step(
        c -> c.withRam(new RamCopy.Checking()),
        () -> {
          var checked = checked(content);
          return c -> c.withRam(checked);
        },
        c -> c.withRam(new RamCopy.Uncertain()));
  }

  /** Only mending can tell what cannot be mended: until then it stays, as it may be in use. */
  private RamCopy checked(CommittedContent content) throws IOException {
    var difference = ram().difference(content);
    if (difference.isEmpty()) {
      return new RamCopy.Ready();
    }
    LOG.warnf(
        "digest=%s code=VERIFICATION_FAILED in RAM: %s",
        content.digest().brief(), difference.get());
    return new RamCopy.Damaged(difference.get());
  }

  /** In place: what is damaged may be in use, and there may be no room for another copy. */
  Step mend(CommittedContent content) {
    return new Step(
        c -> c.withRam(new RamCopy.Mending()),
        () -> mended(content),
        c ->
            c.withRam(
                ram().holds(content.digest()) ? new RamCopy.Uncertain() : new RamCopy.Absent()));
  }

  private UnaryOperator<Content> mended(CommittedContent content) throws IOException {
    var digest = content.digest();
    return switch (ram().mend(store.directory(digest), content)) {
      case Mended.Whole _ -> {
        LOG.infof("digest=%s state=mended in RAM", digest.brief());
        yield c -> c.withRam(new RamCopy.Ready());
      }
      case Mended.DamagedOnDisk(String reason) -> {
        LOG.errorf("digest=%s code=VERIFICATION_FAILED on disk: %s", digest.brief(), reason);
        yield c ->
            c.withRam(new RamCopy.Damaged(c.damage().inRam().orElse(reason)))
                .withDisk(new DiskCopy.Damaged(reason));
      }
      case Mended.Hopeless(String reason) -> {
        LOG.warnf("digest=%s the copy in RAM is made anew: %s", digest.brief(), reason);
        ram().evict(digest);
        yield c -> c.withRam(new RamCopy.Absent());
      }
    };
  }

  Step evict(Digest digest) {
    return new Step(
        c -> c.withRam(new RamCopy.Evicting()),
        () -> {
          ram().evict(digest);
          LOG.infof("digest=%s state=evicted from RAM", digest.brief());
          return c -> c.withRam(new RamCopy.Absent());
        },
        c -> c.withRam(ram().holds(digest) ? new RamCopy.Uncertain() : new RamCopy.Absent()));
  }

  private UnaryOperator<Content> copied(CommittedContent content) throws IOException {
    var digest = content.digest();
    Optional<String> wrong;
    try {
      wrong =
          ram()
              .place(
                  store.directory(digest),
                  content,
                  bytes -> {
                    // First, for the same reason as on disk.
                    space.writtenToRam(digest, bytes);
                    inventory.change(digest, c -> c.withRam(further(c.ram(), bytes)));
                  });
    } catch (IOException e) {
      return damagedOnDisk(content, e);
    }
    if (wrong.isEmpty()) {
      LOG.infof("digest=%s state=placed in RAM bytes=%d", digest.brief(), content.bytes());
      return c -> c.withRam(new RamCopy.Ready());
    }
    var onDisk = store.firstWrong(content);
    if (onDisk.isEmpty()) {
      throw new HydraException(
          ErrorCode.VERIFICATION_FAILED, "the copy in RAM went wrong: " + wrong.get());
    }
    LOG.errorf("digest=%s code=VERIFICATION_FAILED on disk: %s", digest.brief(), onDisk.get());
    return c -> c.withRam(new RamCopy.Absent()).withDisk(new DiskCopy.Damaged(onDisk.get()));
  }

  /** A copy that cannot be read from the store may have lost files or sectors there. */
  private UnaryOperator<Content> damagedOnDisk(CommittedContent content, IOException unreadable)
      throws IOException {
    var digest = content.digest();
    var structure = store.structure(content);
    var reason =
        structure.isPresent() || MediumErrors.reason(unreadable).isEmpty()
            ? structure
            : store.firstWrong(content);
    if (reason.isEmpty()) {
      // Not all that the system says names a path, and the disk may be as full as the RAM.
      throw new IOException("the copy to RAM failed: " + unreadable.getMessage(), unreadable);
    }
    LOG.errorf("digest=%s code=VERIFICATION_FAILED on disk: %s", digest.brief(), reason.get());
    return c -> c.withRam(new RamCopy.Absent()).withDisk(new DiskCopy.Damaged(reason.get()));
  }

  private static RamCopy further(RamCopy before, long bytes) {
    return before instanceof RamCopy.Copying(long copied, long total)
        ? new RamCopy.Copying(copied + bytes, total)
        : before;
  }

  private RamRoot ram() {
    return layout
        .ramRoot()
        .map(RamRoot::new)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.INSUFFICIENT_SPACE, "this node has no RAM root (hydra.ram-root)"));
  }
}
