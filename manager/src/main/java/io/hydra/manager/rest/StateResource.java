package io.hydra.manager.rest;

import io.hydra.api.StateApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Restoration;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.wire.ChannelState;
import io.hydra.wire.ManifestParts;
import io.smallrye.common.annotation.RunOnVirtualThread;

@RunOnVirtualThread
class StateResource implements StateApi {
  private final Restoration restoration;
  private final AuditNote audit;

  StateResource(Restoration restoration, AuditNote audit) {
    this.restoration = restoration;
    this.audit = audit;
  }

  @Override
  public ChannelState channel(String env, String namespace, String name) {
    return restoration.state(new ChannelId(env, namespace, name));
  }

  @Override
  public void restoreChannel(String env, String namespace, String name, ChannelState state) {
    restoration.restore(new ChannelId(env, namespace, name), Required.body(state));
    audit.after("releases=%d".formatted(state.releases().size()));
  }

  @Override
  public Release release(String env, String namespace, String name, long sequence) {
    return restoration.release(new ChannelId(env, namespace, name), sequence);
  }

  @Override
  public void restoreRelease(
      String env, String namespace, String name, long sequence, Release release) {
    var id = new ChannelId(env, namespace, name);
    requireWhole(Required.body(release));
    if (!release.channel().equals(id) || release.sequence() != sequence) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the path names release %d of %s, the body %d of %s"
              .formatted(sequence, id, release.sequence(), release.channel()));
    }
    restoration.restore(release);
  }

  private static void requireWhole(Release release) {
    Required.field("channel", release.channel());
    Required.field("version", release.version());
    Required.field("publishedAt", release.publishedAt());
    if (release.sequence() < 1) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "releases are numbered from 1");
    }
    for (var dataset : release.datasets()) {
      Required.field("name", dataset.name());
      Required.field("source", dataset.source());
      Required.field("placement", dataset.placement());
      Required.field("digest", dataset.digest());
    }
  }

  @Override
  public void restoreManifestPart(String digest, int part, byte[] content) {
    restoration.restorePart(Digest.of(digest), part, Required.body(content));
  }

  @Override
  public void restoreManifest(String digest, ManifestParts parts) {
    restoration.restoreManifest(Digest.of(digest), Required.body(parts).count());
  }
}
