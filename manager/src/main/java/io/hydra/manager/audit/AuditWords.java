package io.hydra.manager.audit;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the audit tells of something, before a change and after it. */
public final class AuditWords {
  private AuditWords() {}

  /** Its settings, too. */
  public static String whole(Channel channel) {
    var settings = HydraJson.mapper().valueToTree(channel.settings()).toString();
    return "%s; %s".formatted(settings.replace("\"", ""), of(channel));
  }

  /** What consumers are to be on, and what decides that. */
  public static String of(Channel channel) {
    return channel.parts().reversed().stream()
        .map(part -> of(channel, part))
        .collect(Collectors.joining("; "));
  }

  public static String of(NodeRegistration node) {
    return "labels=%s dataRoot=%s".formatted(new TreeMap<>(node.labels()), node.dataRoot());
  }

  public static String of(InstanceRegistration instance) {
    return "channel=%s node=%s".formatted(instance.channel(), instance.node());
  }

  private static String of(Channel channel, Optional<ScopeName> scope) {
    var part = channel.seenFrom(scope);
    return "%shead=%s pin=%s staged=%s rejected=%s"
        .formatted(
            scope.map("scope=%s "::formatted).orElse(""),
            version(part.headRelease()),
            version(part.pin().flatMap(part::release)),
            version(part.candidate()),
            part.rejected().keySet());
  }

  private static String version(Optional<Release> release) {
    return release.map(known -> known.version().value()).orElse("none");
  }
}
