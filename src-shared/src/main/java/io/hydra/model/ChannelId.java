package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;

/**
 * Where releases for one service's data are published, written {@code env/namespace/name}.
 *
 * @param env the cluster that the channel lives in
 * @param namespace the service's namespace
 * @param name the service's (Helm) release name
 */
public record ChannelId(String env, String namespace, String name)
    implements Comparable<ChannelId> {
  public ChannelId {
    Names.label("environment", env);
    Names.label("namespace", namespace);
    Names.label("channel name", name);
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} unless the text has three valid parts
   */
  @JsonCreator
  public static ChannelId parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "channel '%s' must be written env/namespace/name".formatted(Names.printable(text)));
    }
    return new ChannelId(parts[0], parts[1], parts[2]);
  }

  @Override
  public int compareTo(ChannelId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  @JsonValue
  public String toString() {
    return env + "/" + namespace + "/" + name;
  }
}
