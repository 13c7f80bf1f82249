package io.hydra.manager.rollout;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import io.hydra.wire.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether what the instances report speaks against a release. */
final class Verdict {
  private final Release release;
  private final Channel channel;

  private Verdict(Release release, Channel channel) {
    this.release = release;
    this.channel = channel;
  }

  /**
   * The first reason against the release, as a sentence; empty while there is none.
   *
   * @param members that shall be on it
   * @param all of the channel, any of which may prove it
   */
  static Optional<String> against(
      Release release, Channel channel, List<Member> members, List<Member> all) {
    var verdict = new Verdict(release, channel);
    boolean proven = all.stream().anyMatch(verdict::proves);
    return members.stream()
        .filter(member -> !member.isGone() && !member.isEnding())
        .filter(member -> !isNewcomer(member) || !proven)
        .flatMap(member -> verdict.reason(member).stream())
        .findFirst();
  }

  /** It never served anything: its own trouble must not take a release from those who serve it. */
  private static boolean isNewcomer(Member member) {
    return member.serving().isEmpty();
  }

  private boolean proves(Member member) {
    return !member.isGone() && member.serves(release.ref()) && member.servesTraffic();
  }

  private Optional<String> reason(Member member) {
    var attempt = member.attempt().filter(a -> a.leadsTo(release));
    if (attempt.filter(a -> a.failed(member.instance())).isPresent()) {
      var detail = member.report().flatMap(r -> r.fault()).map(Fault::detail);
      return Optional.of(
          "instance %s on node %s failed to load it%s"
              .formatted(member.id(), member.node(), clause(detail)));
    }
    // One that never began says nothing about the release: its AppMan or its application is at
    // fault.
    if (attempt.filter(a -> a.moved() && a.overdue(channel)).isPresent()) {
      var trouble = member.preparation().fault().map(Reasons::ofFault);
      return Optional.of(
          "instance %s on node %s did not get ready with it within %d s%s"
              .formatted(member.id(), member.node(), deadline().toSeconds(), clause(trouble)));
    }
    return Optional.empty();
  }

  private Duration deadline() {
    return channel.settings().progressDeadline().orElseThrow();
  }

  private static String clause(Optional<String> detail) {
    return detail.map(d -> ": " + d).orElse("");
  }
}
