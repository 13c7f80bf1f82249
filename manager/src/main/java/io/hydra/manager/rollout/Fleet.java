package io.hydra.manager.rollout;

import io.hydra.model.MaxUnavailable;
import io.hydra.model.ReleaseRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * All copies of a channel's consumer.
 *
 * @param members those whose AppMan has registered, ordered by id
 * @param strays pods of which no AppMan has been heard
 */
public record Fleet(List<Member> members, List<Pod> strays) {
  public Fleet {
    members = List.copyOf(members);
    strays = List.copyOf(strays);
  }

  public static Fleet of(List<Member> members) {
    return new Fleet(members, List.of());
  }

  Budget budget(MaxUnavailable most, ReleaseRef target) {
    int moving = (int) members.stream().filter(m -> !m.isGone() && m.isMovingFor(target)).count();
    int limit = most.of(members.size() + strays.size());
    return new Budget(limit, (int) unavailable(target).count(), moving);
  }

  /** What those who are out of service do, each as a clause. */
  Stream<String> unavailable(ReleaseRef target) {
    return Stream.concat(
        members.stream().filter(m -> m.isUnavailable(target)).map(Member::describe),
        strays.stream().filter(Pod::isOut).map(Pod::describe));
  }
}
