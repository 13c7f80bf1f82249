package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;

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
          "channel '%s' must be written env/namespace/name".formatted(Printable.of(text)));
    }
    return new ChannelId(parts[0], parts[1], parts[2]);
  }

  /** As their texts compare, without making them: thousands are kept in order. */
  @Override
  public int compareTo(ChannelId other) {
    int byEnv = compareParts(env, other.env);
    if (byEnv != 0) {
      return byEnv;
    }
    int byNamespace = compareParts(namespace, other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** Each is followed by a '/', which is greater than the '-' that a longer one may go on with. */
  private static int compareParts(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      int order = left.charAt(i) - right.charAt(i);
      if (order != 0) {
        return order;
      }
    }
    return left.length() < right.length() ? '/' - right.charAt(common) : left.charAt(common) - '/';
  }

  @Override
  @JsonValue
  public String toString() {
    return env + "/" + namespace + "/" + name;
  }
}
