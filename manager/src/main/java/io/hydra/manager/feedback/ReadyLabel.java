package io.hydra.manager.feedback;

import io.hydra.manager.kubernetes.NodeBook;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The label of a node that has a channel's data: {@code hydra/ready.ENV.NAMESPACE.NAME}, with the
 * release's version as its value. The part after the slash and the value have 63 characters at most
 * (Kubernetes, "Labels and Selectors: Syntax and character set").
 */
final class ReadyLabel {
  private static final int LONGEST = 63;
  private static final int HASH = 10;
  private static final String PREFIX = NodeBook.OWN.substring(0, NodeBook.OWN.indexOf('/') + 1);
  private static final Pattern VALUE =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private ReadyLabel() {}

  static String key(ChannelId channel) {
    var name =
        NodeBook.OWN.substring(PREFIX.length())
            + String.join(".", channel.env(), channel.namespace(), channel.name());
    if (name.length() <= LONGEST) {
      return PREFIX + name;
    }
    var hash = Digest.sha256(channel.toString().getBytes(StandardCharsets.UTF_8)).hex();
    return PREFIX + name.substring(0, LONGEST - HASH - 1) + "-" + hash.substring(0, HASH);
  }

  /** Whether the key is that of some channel of the environment. */
  static boolean isOf(String env, String key) {
    return key.startsWith(NodeBook.OWN + env + ".");
  }

  /** The version, or the sequence where a label cannot say the version. */
  static String value(ReleaseRef release) {
    var version = release.version().toString();
    return VALUE.matcher(version).matches() ? version : "r" + release.sequence();
  }
}
