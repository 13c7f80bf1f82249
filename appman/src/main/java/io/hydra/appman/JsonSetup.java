package io.hydra.appman;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.appman.health.ApplicationHooks;
import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.SavedState;
import io.hydra.appman.lifecycle.Setback;
import io.hydra.appman.reload.ReloadRequest;
import io.hydra.error.Problem;
import io.hydra.layout.LiveFile;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Fault;
import io.hydra.wire.HydraJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/** JSON as the contract wants it, also for the records that are read and written by hand. */
@Singleton
@RegisterForReflection(
    targets = {
      SavedState.class,
      SavedState.SavedChild.class,
      ReleaseSet.class,
      Move.class,
      Setback.class,
      ReloadRequest.class,
      ReloadRequest.Dataset.class,
      ApplicationHooks.Loaded.class,
      LiveFile.class,
      LiveFile.LiveDataset.class,
      ChannelId.class,
      DatasetName.class,
      Digest.class,
      PlacedDataset.class,
      ReleaseRef.class,
      ReleaseVersion.class,
      Fault.class,
      Problem.class
    })
class JsonSetup implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    var _ = HydraJson.configure(mapper);
  }
}
