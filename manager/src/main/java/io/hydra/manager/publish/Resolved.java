package io.hydra.manager.publish;

import io.hydra.model.DataTemplate;
import io.hydra.model.Manifest;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/** A template's entry with its placeholder filled. */
record Resolved(DataTemplate.Entry entry, String source, Optional<ReleaseVersion> version) {

  /** With its files frozen. */
  record Frozen(Resolved resolved, Manifest manifest) {
    ReleaseDataset dataset() {
      return new ReleaseDataset(
          resolved.entry().name(),
          resolved.source(),
          resolved.version(),
          resolved.entry().placement(),
          manifest.digest(),
          manifest.bytes(),
          manifest.files().size());
    }
  }
}
