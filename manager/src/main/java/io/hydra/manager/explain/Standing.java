package io.hydra.manager.explain;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * Where a release stands in its channel or in one of its scopes, in words.
 *
 * @param owner of the head and the pin, as people call it
 * @param part as it is seen from there
 */
record Standing(String owner, Channel part, Release release) {

  /**
   * @param scope empty for the channel itself
   */
  static String of(Channel channel, Optional<ScopeName> scope, Release release) {
    return new Standing(
            scope.map("scope %s"::formatted).orElse("the channel"),
            channel.seenFrom(scope),
            release)
        .words();
  }

  private String words() {
    if (part.target().filter(release::equals).isPresent()) {
      return part.pin().isPresent()
          ? "%s is pinned to release %s".formatted(owner, release.ref())
          : "release %s is %s's head".formatted(release.ref(), owner);
    }
    return rejection(part, release)
        .or(this::staged)
        .or(this::pinned)
        .orElseGet(
            () ->
                "release %s is not the target: %s's head is %s"
                    .formatted(
                        release.ref(),
                        owner,
                        part.headRelease().map(r -> r.ref().toString()).orElse("none")));
  }

  private Optional<String> staged() {
    var next = part.candidate();
    if (!part.isStaged(release.sequence()) || next.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        next.get().equals(release)
            ? "release %s is staged and not the head yet; %s's promotion is %s"
                .formatted(release.ref(), owner, part.promotion())
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

  private Optional<String> pinned() {
    return part.pin()
        .flatMap(part::release)
        .map(pin -> "%s is pinned to another release, %s".formatted(owner, pin.ref()));
  }
}
