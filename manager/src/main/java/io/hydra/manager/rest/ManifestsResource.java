package io.hydra.manager.rest;

import io.hydra.api.ManifestsApi;
import io.hydra.manager.channel.Channels;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.smallrye.common.annotation.RunOnVirtualThread;

@RunOnVirtualThread
class ManifestsResource implements ManifestsApi {
  private final Channels channels;

  ManifestsResource(Channels channels) {
    this.channels = channels;
  }

  @Override
  public Manifest get(String digest) {
    return channels.manifest(Digest.of(digest));
  }
}
