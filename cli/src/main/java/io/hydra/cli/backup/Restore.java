package io.hydra.cli.backup;

import io.hydra.api.StateApi;
import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pages;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.Manifest;
import io.hydra.model.Release;
import io.hydra.wire.ChannelState;
import io.hydra.wire.Connection;
import io.hydra.wire.HydraJson;
import io.hydra.wire.ManifestParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Brings a backup into a manager. Begun again, it goes on with what is not there yet. */
public final class Restore {
  private static final int MOST_NAMED = 20;

  private final List<ChannelId> different = new ArrayList<>();
  private final Manager manager;
  private final BackupReader backup;
  private final Consumer<String> progress;

  /**
   * @param progress hears a few words now and then
   */
  public Restore(Manager manager, Path file, Consumer<String> progress) {
    this.manager = manager;
    this.backup = new BackupReader(file);
    this.progress = progress;
  }

  /**
   * Reads all of it, and changes nothing.
   *
   * @throws CliFailure where it is no whole backup
   */
  public static Contents check(Path file) {
    return new BackupReader(file).read(line -> {});
  }

  /**
   * A manager that has a part of the channels only has agents remove the data of the others.
   *
   * @throws CliFailure where agents are connected
   */
  public void requireNoAgents() {
    Pages.all(cursor -> manager.nodes(api -> api.list(cursor, Pages.SIZE))).items().stream()
        .filter(node -> node.connection() == Connection.CONNECTED)
        .findFirst()
        .ifPresent(
            node -> {
              throw new CliFailure(
                  ExitCode.REFUSED,
                  "AGENTS_CONNECTED",
                  "node %s is connected to this manager: before all channels are there, nodes would remove data of those that are missing"
                      .formatted(node.registration().name()),
                  Optional.of(
                      "restore into a manager that no agent knows yet; --force does it all the same"));
            });
  }

  /**
   * After {@link #check}. A channel that is there with another state keeps it, and the others are
   * restored.
   *
   * @throws CliFailure {@code CONFLICT} at the end, with all such channels
   */
  public void run(Contents all) {
    var channels = new int[1];
    backup.read(
        line -> {
          restore(line);
          if (line instanceof BackupLine.Channel) {
            channels[0]++;
            progress.accept("%d of %d channels".formatted(channels[0], all.channels()));
          }
        });
    if (!different.isEmpty()) {
      throw new CliFailure(
          ExitCode.REFUSED,
          ErrorCode.CONFLICT.name(),
          "%d of %d channels are there with another state, and keep it; all else is restored: %s"
              .formatted(different.size(), all.channels(), named(different)),
          Optional.of(
              "hydra channels delete CHANNEL, then the same import again, restores one of them"));
    }
  }

  private static String named(List<ChannelId> channels) {
    var names =
        channels.stream()
            .limit(MOST_NAMED)
            .map(ChannelId::toString)
            .collect(Collectors.joining(", "));
    return channels.size() > MOST_NAMED ? names + ", …" : names;
  }

  private void restore(BackupLine line) {
    switch (line) {
      case BackupLine.Node(var node) -> manager.nodes(api -> api.put(node.name().value(), node));
      case BackupLine.Instance(var instance) ->
          manager.instances(api -> api.put(instance.id().value(), instance));
      case BackupLine.Manifest(var manifest) -> restore(manifest);
      case BackupLine.Release(var release) -> restore(release);
      case BackupLine.Channel(var state) -> restore(state);
      case BackupLine.Header _, BackupLine.End _ ->
          throw new IllegalArgumentException("only what is in between is told");
    }
  }

  private void restore(Manifest manifest) {
    var digest = manifest.digest().hex();
    var bytes = compressed(manifest);
    int parts = 0;
    for (int from = 0; from < bytes.length; from += StateApi.MAX_PART_BYTES) {
      int to = Math.min(bytes.length, from + StateApi.MAX_PART_BYTES);
      put(digest, parts, Arrays.copyOfRange(bytes, from, to));
      parts++;
    }
    var count = new ManifestParts(parts);
    done(api -> api.restoreManifest(digest, count));
  }

  private void put(String digest, int part, byte[] content) {
    done(api -> api.restoreManifestPart(digest, part, content));
  }

  private void restore(Release release) {
    var id = release.channel();
    done(
        api ->
            api.restoreRelease(id.env(), id.namespace(), id.name(), release.sequence(), release));
  }

  private void restore(ChannelState state) {
    var id = state.id();
    try {
      done(api -> api.restoreChannel(id.env(), id.namespace(), id.name(), state));
    } catch (HydraException refused) {
      if (refused.code() != ErrorCode.CONFLICT) {
        throw refused;
      }
      different.add(id);
    }
  }

  private void done(Consumer<StateApi> call) {
    manager.state(
        api -> {
          call.accept(api);
          return api;
        });
  }

  private static byte[] compressed(Manifest manifest) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      HydraJson.mapper().writeValue(gzip, manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
