package io.hydra.manager.rollout;

import io.hydra.error.ErrorCode;
import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of an instance since it was granted a release.
 *
 * @param release that it was granted
 * @param staleFailure whether it had already reported this release as failed before the grant: such
 *     a report tells of an earlier attempt
 * @param moved whether it was seen moving there
 * @param reached whether it was seen serving it and ready
 * @param replacesMove whether the grant replaced one for another release that the instance may have
 *     begun to carry out
 * @param spent time that counts against the progress deadline
 * @param countedAt until when {@code spent} is counted
 */
public record Attempt(
    ReleaseRef release,
    boolean staleFailure,
    boolean moved,
    boolean reached,
    boolean replacesMove,
    Duration spent,
    Instant countedAt) {

  /** Begins when the grant is decided. */
  public static Attempt begin(
      ReleaseRef release, InstanceView instance, Optional<Attempt> before, Instant now) {
    var report = instance.report();
    return new Attempt(
            release,
            report.flatMap(InstanceReport::failed).filter(release::equals).isPresent(),
            false,
            report.flatMap(InstanceReport::serving).filter(release::equals).isPresent()
                && report.filter(r -> r.moving().isEmpty()).isPresent(),
            before.filter(a -> !a.reached() && !a.release().equals(release)).isPresent(),
            Duration.ZERO,
            now)
        .seen(instance);
  }

  /**
   * The same attempt, later. The clock stands still while the instance is lost, while it has let go
   * and its node brings the data, and while its pod may not be replaced.
   *
   * @param dataIsComing whether the node still brings the data and reports nothing that keeps it
   *     from doing so
   */
  public Attempt follow(InstanceView instance, boolean dataIsComing, Instant now) {
    boolean waitsForData =
        instance.report().filter(InstanceReport::released).isPresent() && dataIsComing;
    boolean counts =
        instance.connection() == Connection.CONNECTED
            && !reached
            && !waitsForData
            && !isRefused(instance)
            && countedAt.isBefore(now);
    var total = counts ? spent.plus(Duration.between(countedAt, now)) : spent;
    return new Attempt(release, staleFailure, moved, reached, replacesMove, total, now)
        .seen(instance);
  }

  private static boolean isRefused(InstanceView instance) {
    return instance
        .report()
        .flatMap(InstanceReport::fault)
        .filter(fault -> fault.code() == ErrorCode.DISRUPTION_REFUSED)
        .isPresent();
  }

  /** Whether the instance tried this release in this attempt and could not load it. */
  boolean failed(InstanceView instance) {
    return instance
        .report()
        .filter(r -> r.failed().filter(release::equals).isPresent())
        .filter(r -> r.moving().filter(release::equals).isEmpty())
        .filter(r -> hasTakenUp(instance, r))
        .filter(r -> moved || !staleFailure)
        .isPresent();
  }

  boolean overdue(Channel channel) {
    return !reached && spent.compareTo(channel.settings().progressDeadline().orElseThrow()) > 0;
  }

  /** Whether the instance may still carry out the grant that this one replaced. */
  boolean mayStillMove(InstanceView instance) {
    return replacesMove && instance.report().filter(r -> hasTakenUp(instance, r)).isEmpty();
  }

  boolean leadsTo(Release target) {
    return release.equals(target.ref());
  }

  private Attempt seen(InstanceView instance) {
    var report = instance.report().filter(r -> hasTakenUp(instance, r));
    boolean moves =
        instance.report().flatMap(InstanceReport::moving).filter(release::equals).isPresent();
    boolean serves =
        report
            .filter(r -> r.state() == InstanceState.SERVING && r.ready() && r.moving().isEmpty())
            .flatMap(InstanceReport::serving)
            .filter(release::equals)
            .isPresent();
    return new Attempt(
        release, staleFailure, moved || moves, reached || serves, replacesMove, spent, countedAt);
  }

  private boolean hasTakenUp(InstanceView instance, InstanceReport report) {
    return instance
        .granted()
        .filter(grant -> grant.release().equals(release))
        .map(Grant::epoch)
        .filter(epoch -> report.epoch() >= epoch)
        .isPresent();
  }
}
