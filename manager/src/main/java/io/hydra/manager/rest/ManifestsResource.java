package io.hydra.manager.rest;

import io.hydra.api.ManifestsApi;
import io.hydra.manager.channel.Channels;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.smallrye.common.annotation.RunOnVirtualThread;

@RunOnVirtualThread
class ManifestsResource implements ManifestsApi {
  private final Channels channels;
  private final ManifestMemory memory;

  ManifestsResource(Channels channels, ManifestMemory memory) {
    this.channels = channels;
    this.memory = memory;
  }

  @Override
  public Manifest get(String digest) {
    var name = Digest.of(digest);
    var manifest = channels.manifest(name);
    memory.remember(name, manifest);
    return manifest;
  }
}
