package io.hydra.manager.channel;

import io.hydra.manager.channel.ChannelArchive.ReleaseKey;
import io.hydra.model.ChannelId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Removes releases that no channel names, once they have been so for a while: of a deletion or of
 * retention that a crash ended after the channel's document, and of an import whose channel never
 * came. A publish writes both in one transaction; an import writes a release anew, whether it is
 * there or not, seconds before its channel.
 */
final class ReleaseSweep {
  private static final Logger LOG = Logger.getLogger(ReleaseSweep.class);

  private final ChannelArchive archive;
  private final Orphans<ReleaseKey> orphans = new Orphans<>();

  ReleaseSweep(ChannelArchive archive) {
    this.archive = archive;
  }

  /**
   * @param memory the channels that are at hand, so that few are read
   */
  synchronized void sweep(Instant now, Function<ChannelId, Optional<Channel>> memory) {
    // Listed before documents are read: what is published after this is not looked at.
    var strangers =
        archive.releases().filter(key -> !isOf(memory.apply(key.channel()), key)).toList();
    var named = new HashMap<ChannelId, Set<Long>>();
    var unnamed =
        strangers.stream()
            .filter(
                key ->
                    !named
                        .computeIfAbsent(key.channel(), archive::sequences)
                        .contains(key.sequence()))
            .toList();
    orphans
        .overdue(now, unnamed, archive::revision)
        .forEach(
            (key, revision) -> {
              archive.remove(key, revision);
              orphans.forget(key);
              LOG.infof(
                  "removed channel=%s release=%d that its channel does not name",
                  key.channel(), key.sequence());
            });
  }

  private static boolean isOf(Optional<Channel> channel, ReleaseKey key) {
    return channel.flatMap(found -> found.release(key.sequence())).isPresent();
  }
}
