package io.hydra.cli.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.hydra.wire.ChannelState;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.time.Instant;

/**
 * A line of a backup, JSON with one field that says what it is. A manifest comes before the first
 * release that refers to it, a release before its channel.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = BackupLine.Header.class, name = "backup"),
  @JsonSubTypes.Type(value = BackupLine.Node.class, name = "node"),
  @JsonSubTypes.Type(value = BackupLine.Instance.class, name = "instance"),
  @JsonSubTypes.Type(value = BackupLine.Manifest.class, name = "manifest"),
  @JsonSubTypes.Type(value = BackupLine.Release.class, name = "release"),
  @JsonSubTypes.Type(value = BackupLine.Channel.class, name = "channel"),
  @JsonSubTypes.Type(value = BackupLine.End.class, name = "end")
})
public sealed interface BackupLine {
  /** The format that this program writes, and the only one that it reads. */
  int FORMAT = 1;

  /** Begins it. */
  record Header(int format, Instant at) implements BackupLine {}

  record Node(NodeRegistration registration) implements BackupLine {}

  record Instance(InstanceRegistration registration) implements BackupLine {}

  record Manifest(io.hydra.model.Manifest content) implements BackupLine {}

  record Release(io.hydra.model.Release content) implements BackupLine {}

  record Channel(ChannelState state) implements BackupLine {}

  /**
   * Ends it: without, it is not whole.
   *
   * @param sha256 of all lines before, hexadecimal
   */
  record End(Contents contents, String sha256) implements BackupLine {}
}
