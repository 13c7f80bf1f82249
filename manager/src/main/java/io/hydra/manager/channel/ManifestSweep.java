package io.hydra.manager.channel;

import io.hydra.model.Digest;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Removes manifests that no release refers to, once they have been so for a while: of forgotten
 * releases and deleted channels, of publishes that were refused, and of those that a crash ended
 * between the manifests and the release. It looks at what is, so it need not know which.
 *
 * <p>A publish makes sure of its manifests first and commits the release afterwards. Between the
 * two they look like orphans, and they must not go:
 *
 * <ul>
 *   <li>A publish of this manager <em>holds</em> them from before it looks whether they are there
 *       until the release is in memory. Removal tests, under the lock that a hold takes, first for
 *       holds and then for releases in memory; a hold that comes later finds the manifest gone and
 *       writes it again.
 *   <li>A publish of another manager on the same store cannot be seen. But it writes an orphan's
 *       index anew before it relies on it. So either the removal, which is bound to the index's
 *       revision that was seen here, fails and the grace begins anew; or the index is gone before,
 *       and the publish writes the manifest again. It has the whole grace to commit its release.
 *   <li>An import sends manifests long before the channel. It takes up those that are there, and
 *       all of them once more right before the channel.
 *   <li>A manifest that the same channel uses is not marked so, since nobody removes it: were its
 *       last release forgotten during the publish, the grace would only begin then.
 * </ul>
 */
final class ManifestSweep {
  private static final Logger LOG = Logger.getLogger(ManifestSweep.class);

  private final ManifestArchive manifests;
  private final Orphans<Digest> orphans = new Orphans<>();

  ManifestSweep(ManifestArchive manifests) {
    this.manifests = manifests;
  }

  /**
   * @param live what releases refer to, read when it is asked for
   * @param inUse the same of one manifest, at this moment, as far as this manager knows
   */
  synchronized void sweep(Instant now, Supplier<Set<Digest>> live, Predicate<Digest> inUse) {
    // Listed before releases are read: what a publish stores after this is not looked at.
    var unused = manifests.stored();
    unused.removeAll(live.get());
    orphans
        .overdue(now, unused, manifests::revision)
        .forEach(
            (digest, revision) -> {
              if (manifests.remove(digest, revision, inUse)) {
                orphans.forget(digest);
                LOG.infof("removed manifest=%s that no release refers to", digest.brief());
              }
            });
  }
}
