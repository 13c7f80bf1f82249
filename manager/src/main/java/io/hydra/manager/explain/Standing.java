package io.hydra.manager.explain;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import java.util.Optional;

/** Where a release stands in its channel, in words. */
final class Standing {
  private Standing() {}

  static String of(Channel channel, Release release) {
    if (channel.target().filter(release::equals).isPresent()) {
      return channel.pin().isPresent()
          ? "the channel is pinned to release %s".formatted(release.ref())
          : "release %s is the channel's head".formatted(release.ref());
    }
    return rejection(channel, release)
        .or(() -> staged(channel, release))
        .or(() -> pinned(channel))
        .orElseGet(
            () ->
                "release %s is not the target: the channel's head is %s"
                    .formatted(
                        release.ref(),
                        channel.headRelease().map(r -> r.ref().toString()).orElse("none")));
  }

  private static Optional<String> staged(Channel channel, Release release) {
    var next = channel.candidate();
    if (!channel.isStaged(release.sequence()) || next.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        next.get().equals(release)
            ? "release %s is staged and not the head yet; the channel's promotion is %s"
                .formatted(release.ref(), channel.promotion())
            : "release %s is staged, and passed over for the newer %s"
                .formatted(release.ref(), next.get().ref()));
  }

  static Optional<String> rejection(Channel channel, Release release) {
    return Optional.ofNullable(channel.rejected().get(release.sequence()))
        .map(
            rejection ->
                "release %s was rejected at %s: %s"
                    .formatted(release.ref(), rejection.at(), rejection.reason()));
  }

  private static Optional<String> pinned(Channel channel) {
    return channel
        .pin()
        .flatMap(channel::release)
        .map(pin -> "the channel is pinned to another release, %s".formatted(pin.ref()));
  }
}
