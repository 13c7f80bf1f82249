package io.hydra.manager.rollout;

import io.hydra.error.ErrorCode;
import io.hydra.manager.assign.Preparation;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One instance as the rollout sees it.
 *
 * @param attempt what was seen since its grant
 * @param preparation how far its node is with the target
 * @param nodeConnection of its node
 * @param canFinish whether its node has all of the release that it is moving to
 * @param fallback a good release that its node has complete, should the target not be there yet
 * @param pod that it runs in, where a cluster tells of one
 */
public record Member(
    InstanceView instance,
    Optional<Attempt> attempt,
    Preparation preparation,
    Connection nodeConnection,
    boolean canFinish,
    Optional<Release> fallback,
    Optional<Pod> pod) {

  /** An application that reloads may be away for so long without anything being wrong. */
  private static final Duration RELOADS = Duration.ofSeconds(30);

  public InstanceId id() {
    return instance.registration().id();
  }

  public NodeName node() {
    return instance.registration().node();
  }

  public boolean isGone() {
    return instance.connection() != Connection.CONNECTED || instance.report().isEmpty();
  }

  public Optional<InstanceReport> report() {
    return instance.report();
  }

  public Optional<ReleaseRef> moving() {
    return report().flatMap(InstanceReport::moving);
  }

  public Optional<ReleaseRef> serving() {
    return report().flatMap(InstanceReport::serving);
  }

  /** Whether it takes traffic with what it has. */
  public boolean servesTraffic() {
    return report()
        .filter(r -> r.state() == InstanceState.SERVING && r.ready() && r.moving().isEmpty())
        .isPresent();
  }

  /** Whether it has nothing that it could take traffic with. */
  public boolean servesNothing() {
    return report()
        .map(InstanceReport::state)
        .filter(state -> state == InstanceState.WAITING || state == InstanceState.FAILED)
        .isPresent();
  }

  public boolean released() {
    return report().filter(InstanceReport::released).isPresent();
  }

  public boolean serves(ReleaseRef release) {
    return !servesNothing() && moving().isEmpty() && serving().filter(release::equals).isPresent();
  }

  /** Whether it was granted the release and is not seen carrying it out yet. */
  public boolean mayMoveTo(ReleaseRef release) {
    return moving().isEmpty()
        && !serves(release)
        && granted().map(Grant::release).filter(release::equals).isPresent();
  }

  /** Whether it was granted anything that it is not seen to have answered. */
  private boolean mayMove() {
    return granted().map(Grant::release).filter(this::mayMoveTo).isPresent()
        && attempt.filter(a -> a.failed(instance)).isEmpty();
  }

  public Optional<Grant> granted() {
    return instance.granted();
  }

  /**
   * Whether it would have to let go of what it has in RAM for a release that its node cannot hold
   * beside. One that waits is given what its node has meanwhile.
   */
  boolean wouldLetGoFor(ReleaseRef release) {
    boolean goesThere = moving().filter(release::equals).isPresent() || mayMoveTo(release);
    boolean holds = !servesNothing() || serving().isPresent() || fallback.isPresent();
    return holds && !isGone() && !isEnding() && !goesThere && !serves(release);
  }

  /** Whether it counts as out of service when the target is this release. */
  public boolean isUnavailable(ReleaseRef target) {
    return isGone() || !servesTraffic() || pod.filter(Pod::isOut).isPresent() || mayLeave(target);
  }

  /** Whether it carries out a grant, or may begin to at any moment, even if it is lost. */
  boolean mayBeOutFor(ReleaseRef target) {
    return isMovingFor(target) || mayLeave(target);
  }

  private boolean mayLeave(ReleaseRef target) {
    return mayMoveTo(target)
        || mayMove()
        || attempt.filter(a -> a.mayStillMove(instance)).isPresent();
  }

  /** Whether its pod is being deleted, so that another takes its place. */
  boolean isEnding() {
    return pod.filter(Pod::ending).isPresent();
  }

  /** Whether it is on its way to where a grant has sent it, or about to go. */
  boolean isMovingFor(ReleaseRef target) {
    return moving().isPresent()
        || mayMoveTo(target)
        || (serves(target) && attempt.filter(a -> !a.reached()).isPresent());
  }

  /** Whether its application is away, and for longer than a reload takes since it was granted. */
  boolean isUnreachable() {
    return isReported(ErrorCode.APPLICATION_UNREACHABLE)
        && attempt.filter(a -> a.spent().compareTo(RELOADS) > 0).isPresent();
  }

  private boolean isReported(ErrorCode code) {
    return report()
        .flatMap(InstanceReport::fault)
        .filter(fault -> fault.code() == code)
        .isPresent();
  }

  /** What it is doing, as a clause for people. */
  public String describe() {
    var name = "instance %s on node %s".formatted(id(), node());
    if (isGone()) {
      return name
          + (instance.lastHeard().isPresent()
              ? " is lost since " + instance.lastHeard().get()
              : " was not heard yet");
    }
    if (moving().isPresent()) {
      return "%s is %s for %s%s"
          .formatted(
              name,
              instance.report().orElseThrow().state().name().toLowerCase(Locale.ROOT),
              moving().get(),
              isUnreachable() ? faultClause() : refusalClause().orElseGet(this::nodesFaultClause));
    }
    var failed = report().flatMap(InstanceReport::failed).filter(this::mayMoveTo);
    if (failed.isPresent()) {
      return name + " failed to load " + failed.get() + faultClause();
    }
    if (!servesTraffic()) {
      return name + " is not ready" + faultClause();
    }
    return pod.filter(Pod::isOut)
        .map(out -> "%s: %s".formatted(name, out.describe()))
        .orElseGet(() -> name + " is about to move" + refusalClause().orElse(""));
  }

  /** That its pod may not be replaced holds it up wherever it is. */
  private Optional<String> refusalClause() {
    return report()
        .flatMap(InstanceReport::fault)
        .filter(fault -> fault.code() == ErrorCode.DISRUPTION_REFUSED)
        .map(fault -> ": " + Reasons.ofFault(fault));
  }

  private String nodesFaultClause() {
    return preparation
        .fault()
        .filter(fault -> released())
        .map(fault -> ", but its node reports: " + Reasons.ofFault(fault))
        .orElse("");
  }

  private String faultClause() {
    return report()
        .flatMap(InstanceReport::fault)
        .map(fault -> ": " + Reasons.ofFault(fault))
        .orElse("");
  }
}
