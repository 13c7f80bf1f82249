package io.hydra.manager.channel;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Checksum;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Channels, releases and manifests for tests. */
public final class Samples {
  public static final ChannelId SEARCHER = ChannelId.parse("prod/search/searcher");
  public static final Instant NOW = Instant.parse("2026-11-08T12:00:00Z");

  private static final ChannelSettings NO_CHANGES =
      new ChannelSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private Samples() {}

  public static Channel empty(ChannelId id) {
    return Channel.create(id, NO_CHANGES);
  }

  /** With releases 1 to {@code count}, of versions 2026-11-01 and so on. */
  public static Channel withReleases(int count) {
    var channel = empty(SEARCHER);
    for (int i = 1; i <= count; i++) {
      channel = append(channel, version(i), manifest("content " + i));
    }
    return channel;
  }

  public static Channel append(Channel channel, ReleaseVersion version, Manifest manifest) {
    return channel.append(release(channel, version, manifest), Optional.empty());
  }

  public static Channel append(Channel channel, ReleaseVersion version, PublishKey key) {
    return channel.append(release(channel, version, manifest(version.value())), Optional.of(key));
  }

  private static Release release(Channel channel, ReleaseVersion version, Manifest manifest) {
    var dataset =
        new ReleaseDataset(
            new DatasetName("index"),
            "s3://bucket/index/%s/".formatted(version),
            Optional.of(version),
            Placement.DISK,
            manifest.digest(),
            manifest.bytes(),
            manifest.files().size());
    return new Release(channel.id(), channel.lastSequence() + 1, version, NOW, List.of(dataset));
  }

  public static ReleaseVersion version(int day) {
    return new ReleaseVersion("2026-11-%02dT00-00-00".formatted(day));
  }

  /** Of one file whose content is this text. */
  public static Manifest manifest(String content) {
    return new Manifest(List.of(file("a.txt", content)));
  }

  public static ManifestFile file(String path, String content) {
    var hash = Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    return new ManifestFile(
        path,
        content.length(),
        hash.hex(),
        Optional.empty(),
        List.of(new Checksum(Checksum.Algorithm.SHA256, hash.hex())));
  }
}
