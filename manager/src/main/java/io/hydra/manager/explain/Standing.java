package io.hydra.manager.explain;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.HeadState;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * Where a release stands in its channel or in one of its scopes, in words.
 *
 * @param owner of the head, as people call it
 * @param pinner whose pin holds: a scope's own, else the channel's
 * @param part as it is seen from there
 */
record Standing(String owner, String pinner, Channel part, Release release) {

  /**
   * @param scope empty for the channel itself
   */
  static String of(Channel channel, Optional<ScopeName> scope, Release release) {
    return new Standing(
            scope.map("scope %s"::formatted).orElse("the channel"),
            scope
                .filter(name -> channel.heads().find(scope).flatMap(HeadState::pin).isPresent())
                .map("scope %s"::formatted)
                .orElse("the channel"),
            channel.seenFrom(scope),
            release)
        .words();
  }

  private String words() {
    if (part.target().filter(release::equals).isPresent()) {
      return part.pin().isPresent()
          ? "%s is pinned to release %s".formatted(pinner, release.ref())
          : "release %s is %s's head".formatted(release.ref(), owner);
    }
    return rejected()
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

  /** In a scope alone, or everywhere: people see which by its owner. */
  private Optional<String> rejected() {
    return rejection(part, release)
        .map(words -> owner.equals("the channel") ? words : "in %s, %s".formatted(owner, words));
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
        .map(pin -> "%s is pinned to another release, %s".formatted(pinner, pin.ref()));
  }
}
