package io.hydra.manager.assign;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses a channel's last good release for one node.
 *
 * @param previous what was chosen last
 * @param settled whether silence of an instance means that it is not there
 */
public record LiveChoice(
    Channel channel,
    NodePicture node,
    Collection<Tenant> tenants,
    Optional<ReleaseRef> previous,
    boolean settled) {

  /**
   * The target once it is proven there. Until then what was proven before; after a restart of the
   * manager, what the instances serve, what the node's live file names, or what the node has
   * complete.
   */
  public Optional<Release> choose() {
    return provenTarget()
        .or(() -> previous.flatMap(channel::release).filter(this::isStillThere))
        .or(() -> newest(tenants.stream().flatMap(t -> t.provenRelease().stream()).toList()))
        .or(() -> node.live(channel.id()).flatMap(channel::release).filter(node::has))
        .or(() -> newest(tenants.stream().flatMap(t -> t.serving().stream()).toList()))
        .or(this::newestComplete);
  }

  private Optional<Release> provenTarget() {
    return channel.target().filter(target -> tenants.isEmpty() ? node.has(target) : serve(target));
  }

  private boolean serve(Release release) {
    return tenants.stream()
        .anyMatch(t -> t.provenRelease().filter(release.ref()::equals).isPresent());
  }

  private boolean isStillThere(Release release) {
    return node.has(release)
        || tenants.stream().anyMatch(t -> t.serving().filter(release.ref()::equals).isPresent());
  }

  private Optional<Release> newest(List<ReleaseRef> refs) {
    return refs.stream()
        .flatMap(ref -> channel.release(ref).stream())
        .max(Comparator.comparingLong(Release::sequence));
  }

  /**
   * Never the target itself, nor what was only staged: where instances are, only one of them can
   * prove it.
   */
  private Optional<Release> newestComplete() {
    if (!settled) {
      return Optional.empty();
    }
    return channel.releases().stream()
        .filter(release -> channel.target().filter(release::equals).isEmpty())
        .filter(release -> channel.wasGood(release.sequence()))
        .filter(node::has)
        .max(Comparator.comparingLong(Release::sequence));
  }
}
