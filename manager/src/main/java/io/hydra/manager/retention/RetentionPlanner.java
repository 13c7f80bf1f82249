package io.hydra.manager.retention;

import static io.hydra.model.ChannelSettings.MOST_RELEASES;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plans which releases a channel may forget. Ordered by sequence, never by time: time only keeps
 * more of them.
 */
public final class RetentionPlanner {
  private RetentionPlanner() {}

  /**
   * What is used, by anyone.
   *
   * @param live last good release on some node
   * @param granted to some instance
   */
  public record Use(
      Collection<InstanceReport> reports, Set<ReleaseRef> live, Set<ReleaseRef> granted) {}

  /**
   * Sequence numbers of what is neither in use, nor among the newest that the channel keeps, nor
   * young enough. The release that is to be the head next counts as used. Of those that are young
   * only, the newest stay, up to the number that a channel can hold.
   */
  public static Set<Long> forgettable(Channel channel, Use use, Instant now) {
    var inUse = inUse(channel, use);
    int keep = channel.settings().retainReleases().orElse(10);
    var young = now.minus(channel.settings().retainFor().orElse(Duration.ZERO));
    var unused =
        channel.releases().stream()
            .filter(release -> !inUse.contains(release.sequence()))
            .sorted(Comparator.comparingLong(Release::sequence).reversed())
            .toList();
    return IntStream.range(Math.min(keep, unused.size()), unused.size())
        .filter(i -> i >= MOST_RELEASES || !unused.get(i).publishedAt().isAfter(young))
        .mapToObj(i -> unused.get(i).sequence())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Long> inUse(Channel channel, Use use) {
    var sequences = new HashSet<Long>();
    channel.parts().forEach(part -> sequences.addAll(neededIn(channel.seenFrom(part))));
    use.live().forEach(ref -> sequences.add(ref.sequence()));
    use.granted().forEach(ref -> sequences.add(ref.sequence()));
    var loaded = new HashSet<Digest>();
    for (var report : use.reports()) {
      report.serving().ifPresent(ref -> sequences.add(ref.sequence()));
      report.moving().ifPresent(ref -> sequences.add(ref.sequence()));
      loaded.addAll(report.loaded().values());
    }
    channel.releases().stream()
        .filter(release -> release.datasets().stream().anyMatch(d -> loaded.contains(d.digest())))
        .max(Comparator.comparingLong(Release::sequence))
        .ifPresent(release -> sequences.add(release.sequence()));
    return sequences;
  }

  private static Set<Long> neededIn(Channel part) {
    return Stream.of(
            part.head(), part.pin(), part.candidate().map(Release::sequence), lastKnownGood(part))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Optional<Long> lastKnownGood(Channel part) {
    long head = part.head().orElse(Long.MAX_VALUE);
    return part.releases().stream()
        .map(Release::sequence)
        .filter(sequence -> sequence < head && part.wasGood(sequence))
        .max(Comparator.naturalOrder());
  }
}
