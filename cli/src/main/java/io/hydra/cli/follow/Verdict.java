package io.hydra.cli.follow;

import io.hydra.model.Promotion;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.Rejection;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.StagedView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a status says about one release that somebody waits for. */
public sealed interface Verdict {

  /** Not everywhere yet. */
  record Pending(List<String> missing, boolean blocked, String reason) implements Verdict {
    public Pending {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Every instance serves it and is ready; with no instance registered: every node has it.
   *
   * @param instances how many serve it
   */
  record Done(int instances, int nodes) implements Verdict {}

  /** It is never picked again by itself. */
  record Rejected(String reason) implements Verdict {}

  /** A newer release took its place. */
  record Superseded(ReleaseRef by) implements Verdict {}

  /** It is staged, and only a person makes it the head. */
  record Staged(String reason) implements Verdict {}

  /** The channel is pinned to another release. */
  record PinnedElsewhere(ReleaseRef pin) implements Verdict {}

  /**
   * Judges.
   *
   * @param rejection looks up why a release was rejected; asked only where the target is another
   */
  static Verdict of(
      ReleaseRef awaited,
      ChannelStatus status,
      Function<ReleaseRef, Optional<Rejection>> rejection) {
    if (!isTarget(awaited, status)) {
      return notTheTarget(awaited, status, rejection);
    }
    var instances =
        status.instances().stream()
            .filter(instance -> status.targetOf(instance).equals(Optional.of(awaited)))
            .toList();
    var nodes =
        status.nodes().stream()
            .filter(node -> status.targetIn(node.scope()).equals(Optional.of(awaited)))
            .toList();
    var missing = new ArrayList<>(missing(awaited, instances, nodes));
    missing.addAll(toCome(awaited, status));
    return missing.isEmpty()
        ? new Done(instances.size(), nodes.size())
        : new Pending(
            missing, status.rollout().phase() == RolloutPhase.BLOCKED, status.rollout().reason());
  }

  /** In the channel, or in any scope of it. */
  private static boolean isTarget(ReleaseRef awaited, ChannelStatus status) {
    return Stream.concat(
            status.rollout().target().stream(),
            status.scopes().stream().flatMap(part -> part.rollout().target().stream()))
        .anyMatch(awaited::equals);
  }

  /** Scopes that get it without a person's word. */
  private static List<String> toCome(ReleaseRef awaited, ChannelStatus status) {
    return status.scopes().stream()
        .filter(
            part ->
                part.staged()
                    .filter(staged -> staged.release().equals(awaited))
                    .filter(staged -> staged.promotion().when() != Promotion.When.MANUAL)
                    .isPresent())
        .map(
            part ->
                part.name().map("in scope %s"::formatted).orElse("in no scope") + " it is staged")
        .toList();
  }

  private static Verdict notTheTarget(
      ReleaseRef awaited,
      ChannelStatus status,
      Function<ReleaseRef, Optional<Rejection>> rejection) {
    var rejected = rejection.apply(awaited);
    if (rejected.isPresent()) {
      return new Rejected(rejected.get().reason());
    }
    var pin = status.channel().pin();
    if (pin.isPresent() && !pin.get().equals(awaited)) {
      return new PinnedElsewhere(pin.get());
    }
    var newer = status.rollout().target().filter(ref -> ref.sequence() > awaited.sequence());
    if (newer.isPresent()) {
      return new Superseded(newer.get());
    }
    var staged = status.staged().filter(s -> s.release().sequence() >= awaited.sequence());
    if (staged.isPresent()) {
      return ofStaged(awaited, staged.get());
    }
    // The manager has the release, as its answer to the publish said, and has not turned to it yet.
    return new Pending(
        List.of("the rollout has not turned to " + awaited), false, status.rollout().reason());
  }

  private static Verdict ofStaged(ReleaseRef awaited, StagedView staged) {
    if (!staged.release().equals(awaited)) {
      return new Superseded(staged.release());
    }
    return staged.promotion().when() == Promotion.When.MANUAL
        ? new Staged(staged.reason())
        : new Pending(List.of("it is staged"), false, staged.reason());
  }

  private static List<String> missing(
      ReleaseRef awaited, List<InstanceView> instances, List<NodeProgress> nodes) {
    var missing = new ArrayList<String>();
    for (var instance : instances) {
      objection(awaited, instance)
          .ifPresent(why -> missing.add("instance " + instance.registration().id() + " " + why));
    }
    if (instances.isEmpty()) {
      nodes.stream()
          .filter(node -> !node.ready())
          .forEach(node -> missing.add("node " + node.node() + " " + lack(node)));
    }
    return missing;
  }

  private static Optional<String> objection(ReleaseRef awaited, InstanceView instance) {
    return switch (instance.connection()) {
      case EXPECTED -> Optional.of("has not been heard of yet");
      case LOST -> Optional.of("is lost");
      case CONNECTED ->
          instance
              .report()
              .map(report -> objection(awaited, report))
              .orElse(Optional.of("has not reported yet"));
    };
  }

  private static Optional<String> objection(ReleaseRef awaited, InstanceReport report) {
    if (!report.serving().equals(Optional.of(awaited))) {
      var serving = report.serving().map(ref -> "serves " + ref).orElse("serves nothing");
      return Optional.of(serving + fault(report));
    }
    if (report.state() != InstanceState.SERVING || !report.ready()) {
      return Optional.of("is not ready" + fault(report));
    }
    return Optional.empty();
  }

  private static String fault(InstanceReport report) {
    return report.fault().map(fault -> " (" + fault.detail() + ")").orElse("");
  }

  private static String lack(NodeProgress node) {
    return "has not all of the data yet"
        + node.fault().map(fault -> " (" + fault.detail() + ")").orElse("");
  }
}
