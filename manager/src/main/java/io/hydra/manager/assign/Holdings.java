package io.hydra.manager.assign;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceReport;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the instances of a channel on one node hold, so that it must stay: the releases they serve,
 * move to or may move to, and whatever they have loaded.
 *
 * @param releases that are held, as far as the channel still has them
 * @param datasets of those releases and of what is loaded
 * @param ram bytes of what must stay in RAM
 * @param strangers loaded content that no release of the channel has
 */
public record Holdings(
    Set<Release> releases,
    Map<Digest, ReleaseDataset> datasets,
    Map<Digest, Long> ram,
    Set<Digest> strangers) {

  /**
   * Of an instance that this manager has never heard nothing is known: it may serve any release
   * that the node has complete.
   *
   * @param target the release whose placement is planned by itself: a grant for it does not yet
   *     hold RAM
   */
  public static Holdings of(
      Channel channel, NodePicture node, Collection<Tenant> tenants, Optional<ReleaseRef> target) {
    var collector = new Collector(channel, target);
    tenants.forEach(collector::add);
    if (tenants.stream().anyMatch(tenant -> tenant.report().isEmpty())) {
      channel.releases().stream().filter(node::has).forEach(r -> collector.hold(r, true));
    }
    return collector.holdings();
  }

  /** Without a channel, what is loaded is all that is known. */
  public static Set<Digest> loadedBy(Collection<Tenant> tenants) {
    var loaded = new TreeSet<Digest>();
    tenants.forEach(t -> t.report().ifPresent(r -> loaded.addAll(r.loaded().values())));
    return loaded;
  }

  private static final class Collector {
    private final Channel channel;
    private final Optional<ReleaseRef> target;
    private final Set<Release> releases = new LinkedHashSet<>();
    private final Map<Digest, ReleaseDataset> datasets = new LinkedHashMap<>();
    private final Map<Digest, Long> ram = new LinkedHashMap<>();
    private final Set<Digest> strangers = new HashSet<>();

    Collector(Channel channel, Optional<ReleaseRef> target) {
      this.channel = channel;
      this.target = target;
    }

    void add(Tenant tenant) {
      boolean loaded = !tenant.released();
      tenant.serving().flatMap(channel::release).ifPresent(r -> hold(r, loaded));
      tenant.report().flatMap(InstanceReport::moving).ifPresent(this::holdForMove);
      tenant.granted().ifPresent(ref -> holdForGrant(tenant, ref));
      tenant.report().ifPresent(this::holdLoaded);
    }

    Holdings holdings() {
      return new Holdings(releases, datasets, ram, strangers);
    }

    /**
     * Where nothing is served and nothing moves, a grant does not hold RAM against a newer release:
     * an application that never comes up must not be waited for.
     */
    private void holdForGrant(Tenant tenant, ReleaseRef ref) {
      if (tenant.isIdle()) {
        channel.release(ref).ifPresent(release -> hold(release, false));
        return;
      }
      holdForMove(ref);
    }

    private void holdForMove(ReleaseRef ref) {
      boolean inRam = target.filter(ref::equals).isEmpty();
      channel.release(ref).ifPresent(release -> hold(release, inRam));
    }

    private void hold(Release release, boolean inRam) {
      releases.add(release);
      release.datasets().forEach(dataset -> hold(dataset, inRam));
    }

    private void hold(ReleaseDataset dataset, boolean inRam) {
      datasets.putIfAbsent(dataset.digest(), dataset);
      if (inRam && dataset.placement() == Placement.RAM) {
        ram.put(dataset.digest(), dataset.bytes());
      }
    }

    private void holdLoaded(InstanceReport report) {
      for (var digest : report.loaded().values()) {
        if (datasets.containsKey(digest)) {
          continue;
        }
        var known = newestWith(digest);
        known.ifPresent(dataset -> hold(dataset, !report.released()));
        if (known.isEmpty()) {
          strangers.add(digest);
        }
      }
    }

    private Optional<ReleaseDataset> newestWith(Digest digest) {
      return List.copyOf(channel.releases()).reversed().stream()
          .flatMap(release -> release.datasets().stream())
          .filter(dataset -> dataset.digest().equals(digest))
          .findFirst();
    }
  }
}
