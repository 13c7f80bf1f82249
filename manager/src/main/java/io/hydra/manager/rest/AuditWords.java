package io.hydra.manager.rest;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.HydraJson;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the audit tells of a channel, before a change and after it. */
final class AuditWords {
  private AuditWords() {}

  static String of(ChannelSettings settings) {
    return HydraJson.mapper().valueToTree(settings).toString().replace("\"", "");
  }

  /** What consumers are to be on, and what decides that. */
  static String of(Channel channel) {
    return channel.parts().reversed().stream()
        .map(part -> of(channel, part))
        .collect(Collectors.joining("; "));
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
