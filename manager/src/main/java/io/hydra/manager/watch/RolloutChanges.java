package io.hydra.manager.watch;

import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.Fault;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has changed among a channel's consumers. */
final class RolloutChanges {
  /** A rollout that stands still for a shorter time only waits for its next report. */
  static final Duration STANDSTILL = Duration.ofSeconds(10);

  private final ChannelId id;
  private final Known before;
  private final ChannelSight sight;
  private final Instant now;
  private final List<ChannelEvent> events = new ArrayList<>();

  /**
   * @param rollout what is known of it now
   * @param instances what is known of them now
   */
  record Result(
      Optional<Known.Rollout> rollout,
      Map<InstanceId, Known.Instance> instances,
      List<ChannelEvent> events) {}

  private RolloutChanges(ChannelId id, Known before, ChannelSight sight, Instant now) {
    this.id = id;
    this.before = before;
    this.sight = sight;
    this.now = now;
  }

  static Result between(ChannelId id, Known before, ChannelSight sight, Instant now) {
    return new RolloutChanges(id, before, sight, now).result();
  }

  private Result result() {
    var instances = new HashMap<InstanceId, Known.Instance>();
    for (var view : sight.instances()) {
      var known = known(view.registration().id());
      var next = next(view, known);
      instances.put(view.registration().id(), next);
      if (known.heard()) {
        tellOf(view, known, next);
      }
    }
    return new Result(rollout(), Map.copyOf(instances), List.copyOf(events));
  }

  /** One that was there when this lead began tells first what it has told an earlier one. */
  private Known.Instance known(InstanceId instance) {
    return before
        .instances()
        .map(seen -> seen.getOrDefault(instance, Known.Instance.NEW))
        .orElseGet(
            () -> new Known.Instance(false, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static Known.Instance next(InstanceView view, Known.Instance known) {
    var report = view.report();
    return new Known.Instance(
        known.heard() || report.isPresent(),
        report
            .filter(r -> r.state() == InstanceState.SERVING)
            .flatMap(InstanceReport::serving)
            .or(known::served),
        report.isEmpty() ? known.failed() : report.flatMap(InstanceReport::failed),
        view.granted().map(Grant::release));
  }

  private void tellOf(InstanceView view, Known.Instance known, Known.Instance next) {
    next.granted()
        .filter(release -> !known.granted().equals(Optional.of(release)))
        .filter(release -> !known.served().equals(Optional.of(release)))
        .ifPresent(
            release ->
                add(
                    EventType.RELOAD_GRANTED,
                    view,
                    release,
                    known.served(),
                    "instance %s may move to %s".formatted(name(view), release)));
    next.failed()
        .filter(release -> !known.failed().equals(Optional.of(release)))
        .ifPresent(release -> failed(view, release, known.served()));
    next.served()
        .filter(release -> !known.served().equals(Optional.of(release)))
        .ifPresent(
            release ->
                add(
                    EventType.RELOAD_COMPLETED,
                    view,
                    release,
                    known.served(),
                    "instance %s serves %s".formatted(name(view), release)));
  }

  private void failed(InstanceView view, ReleaseRef release, Optional<ReleaseRef> served) {
    var why = view.report().flatMap(InstanceReport::fault).map(Fault::detail);
    add(
        EventType.RELOAD_FAILED,
        view,
        release,
        served,
        "instance %s could not load %s%s"
            .formatted(name(view), release, why.map(text -> ": " + text).orElse("")));
  }

  private static String name(InstanceView view) {
    return view.registration().id().value();
  }

  private Optional<Known.Rollout> rollout() {
    return sight
        .summary()
        .map(summary -> compared(summary.phase(), summary.reason()))
        .or(before::rollout);
  }

  private Known.Rollout compared(RolloutPhase phase, String reason) {
    var same = before.rollout().filter(old -> old.isSameStretch(phase, sight.targets()));
    var since = same.map(Known.Rollout::since).orElse(now);
    long onTarget = sight.onTarget();
    boolean isNews = same.isEmpty() && wasSeen();
    boolean moved = same.filter(old -> old.onTarget() != onTarget).isPresent();
    boolean told = same.filter(Known.Rollout::standstillTold).isPresent();
    switch (phase) {
      case EMPTY -> {}
      case FETCHING, ROLLING -> addIf(isNews || moved, EventType.ROLLOUT_PROGRESSED, reason);
      case DONE -> addIf(isNews, EventType.ROLLOUT_DONE, reason);
      case BLOCKED -> {
        boolean stands = !since.plus(STANDSTILL).isAfter(now);
        addIf(stands && !told, EventType.ROLLOUT_BLOCKED, reason);
        told |= stands;
      }
    }
    return new Known.Rollout(phase, sight.targets(), onTarget, since, told);
  }

  /** What a rollout was before this lead, nobody knows. */
  private boolean wasSeen() {
    return before.rollout().isPresent() || before.channel().isEmpty();
  }

  /** Where scopes have several, none is that of the rollout. */
  private Optional<ReleaseRef> theTarget() {
    return sight.targets().size() == 1 ? Optional.of(sight.targets().getFirst()) : Optional.empty();
  }

  private void addIf(boolean news, EventType type, String message) {
    if (news) {
      events.add(
          new ChannelEvent(
              "",
              now,
              type,
              Optional.of(id),
              Optional.empty(),
              theTarget(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              message));
    }
  }

  private void add(
      EventType type,
      InstanceView view,
      ReleaseRef release,
      Optional<ReleaseRef> served,
      String message) {
    events.add(
        new ChannelEvent(
            "",
            now,
            type,
            Optional.of(id),
            Optional.empty(),
            Optional.of(release),
            served,
            Optional.of(view.registration().id()),
            Optional.of(view.registration().node()),
            Optional.empty(),
            message));
  }
}
