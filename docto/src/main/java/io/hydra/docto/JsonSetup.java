package io.hydra.docto;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.scrub.ScrubNotes;
import io.hydra.error.Problem;
import io.hydra.layout.LiveFile;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Checksum;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.model.NodeName;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Fault;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/** JSON as all of Hydra writes it; the records that a native image must be able to read. */
@Singleton
@RegisterForReflection(
    targets = {
      Budget.class,
      Capacity.class,
      ChannelClaim.class,
      ChannelId.class,
      Checksum.class,
      Checksum.Algorithm.class,
      ClaimedContent.class,
      CommittedContent.class,
      CommittedContent.CommittedFile.class,
      DatasetName.class,
      DatasetReport.class,
      DesiredDataset.class,
      Digest.class,
      Fault.class,
      LiveFile.class,
      LiveFile.LiveDataset.class,
      LiveRelease.class,
      Manifest.class,
      ManifestFile.class,
      NodeDesired.class,
      NodeName.class,
      NodeRegistration.class,
      NodeReport.class,
      NodeView.class,
      PlacedDataset.class,
      Problem.class,
      ReleaseRef.class,
      ReleaseVersion.class,
      ScrubNotes.Note.class,
      ScrubNotes.Notes.class
    })
final class JsonSetup implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    HydraJson.configure(mapper);
  }
}
