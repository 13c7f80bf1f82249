package io.hydra.cli.backup;

import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pages;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.ChannelState;
import io.hydra.wire.ChannelView;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads all state from a manager. Each channel is written as it was at one moment. */
public final class Backup {
  private static final int ATTEMPTS = 20;

  private final Manager manager;
  private final Consumer<String> progress;
  private final Set<Digest> manifests = new HashSet<>();

  /**
   * @param progress hears a few words now and then
   */
  public Backup(Manager manager, Consumer<String> progress) {
    this.manager = manager;
    this.progress = progress;
  }

  /**
   * @param at the time that the backup names
   */
  public Contents to(OutputStream out, Instant at) {
    var writer = new BackupWriter(out, at);
    var nodes = Pages.all(cursor -> manager.nodes(api -> api.list(cursor, Pages.SIZE)));
    nodes.items().forEach(node -> writer.write(new BackupLine.Node(node.registration())));
    var instances =
        Pages.all(
            cursor -> manager.instances(api -> api.list(Optional.empty(), cursor, Pages.SIZE)));
    instances
        .items()
        .forEach(instance -> writer.write(new BackupLine.Instance(instance.registration())));
    var channels =
        Pages.all(
            cursor ->
                manager.channels(
                    api -> api.list(Optional.empty(), Optional.empty(), cursor, Pages.SIZE)));
    int done = 0;
    for (var channel : channels.items()) {
      add(channel, writer);
      done++;
      progress.accept("%d of %d channels".formatted(done, channels.items().size()));
    }
    return writer.end();
  }

  /** Retention may remove a release while it is read: then the channel is read anew. */
  private void add(ChannelView channel, BackupWriter writer) {
    for (int attempt = 1; ; attempt++) {
      try {
        add(channel.id(), writer);
        return;
      } catch (HydraException gone) {
        if (gone.code() == ErrorCode.UNKNOWN_CHANNEL) {
          return;
        }
        if (gone.code() != ErrorCode.UNKNOWN_RELEASE || attempt == ATTEMPTS) {
          throw gone;
        }
      }
    }
  }

  private void add(ChannelId id, BackupWriter writer) {
    var state = manager.state(api -> api.channel(id.env(), id.namespace(), id.name()));
    var releases = releases(id, state);
    for (var release : releases) {
      release.datasets().stream()
          .map(ReleaseDataset::digest)
          .filter(manifests::add)
          .forEach(digest -> writer.write(new BackupLine.Manifest(manifest(digest))));
      writer.write(new BackupLine.Release(release));
    }
    writer.write(new BackupLine.Channel(state));
  }

  private List<Release> releases(ChannelId id, ChannelState state) {
    return state.releases().stream()
        .map(
            sequence ->
                manager.state(api -> api.release(id.env(), id.namespace(), id.name(), sequence)))
        .toList();
  }

  private io.hydra.model.Manifest manifest(Digest digest) {
    return manager.manifests(api -> api.get(digest.hex()));
  }
}
