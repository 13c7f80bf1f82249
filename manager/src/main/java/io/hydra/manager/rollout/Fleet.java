package io.hydra.manager.rollout;

import io.hydra.model.ReleaseRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Those copies of a channel's consumer that shall be on the same release.
 *
 * @param target of theirs; empty where there is none
 * @param members those whose AppMan has registered, ordered by id
 */
public record Fleet(Optional<ReleaseRef> target, List<Member> members) {
  public Fleet {
    members = List.copyOf(members);
  }

  Stream<Member> unavailable() {
    return target
        .map(release -> members.stream().filter(m -> m.isUnavailable(release)))
        // Those that never had a release wait for one, and cost the others nothing.
        .orElseGet(() -> members.stream().filter(m -> m.moving().isPresent()));
  }

  Stream<Member> moving() {
    return members.stream()
        .filter(m -> !m.isGone())
        .filter(m -> target.map(m::isMovingFor).orElseGet(() -> m.moving().isPresent()));
  }

  /** Those that carry out a grant, or may begin to at any moment, even if they are lost. */
  Stream<Member> perhapsOut() {
    return members.stream()
        .filter(m -> target.map(m::mayBeOutFor).orElseGet(() -> m.moving().isPresent()));
  }
}
