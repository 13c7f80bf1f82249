package io.hydra.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.model.ChannelId;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * All that a manager has stored of a channel, but for its releases themselves. Its fields are the
 * manager's own: whoever keeps it reads no more than {@link #id} and {@link #releases}.
 */
public record ChannelState(@JsonValue JsonNode content) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ChannelState {}

  public ChannelId id() {
    return ChannelId.parse(content.path("id").asText());
  }

  /** Sequence numbers of the releases that belong to it. */
  public List<Long> releases() {
    return StreamSupport.stream(content.path("releases").spliterator(), false)
        .map(release -> release.path("sequence").asLong())
        .toList();
  }
}
