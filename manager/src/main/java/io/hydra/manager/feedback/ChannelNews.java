package io.hydra.manager.feedback;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.events.Announcement.Severity;
import io.hydra.manager.events.Announcement.Sort;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What there is to tell of a channel as a whole, on the workloads whose pods it is for: from what
 * is and what was known before.
 */
final class ChannelNews {
  /** A rollout that stands still for a shorter time only waits for its next report. */
  static final Duration STANDSTILL = Duration.ofSeconds(10);

  /** What was decided longer ago was told, or nobody looks for it any more. */
  private static final Duration RECENT = Duration.ofHours(1);

  private final Scene scene;
  private final Optional<Known> before;
  private final List<News> news = new ArrayList<>();

  /** One of them. */
  record News(Sort sort, Severity severity, String reason, String message) {}

  /**
   * What was known of a channel when it was looked at last.
   *
   * @param targets of all parts of the channel that are in use
   * @param since when its phase began
   * @param standstillTold whether it was told that nothing moves
   * @param started the releases of the rollout that began last
   * @param completed the releases that all were on last
   */
  record Known(
      List<ReleaseRef> targets,
      RolloutPhase phase,
      Instant since,
      boolean standstillTold,
      List<ReleaseRef> started,
      List<ReleaseRef> completed,
      Set<Long> rejected) {}

  /** What is known now, and what there is to tell. */
  record Result(Known now, List<News> news) {}

  private ChannelNews(Scene scene, Optional<Known> before) {
    this.scene = scene;
    this.before = before;
  }

  /**
   * @param before empty for a channel that this manager sees for the first time
   */
  static Result of(Scene scene, Optional<Known> before) {
    return new ChannelNews(scene, before).result();
  }

  private Result result() {
    tellOfProgress();
    boolean stands = phase() == RolloutPhase.BLOCKED && isLong(began());
    if (stands
        && before.filter(known -> isSameStretch(known) && known.standstillTold()).isEmpty()) {
      tell(Sort.STATE, Severity.WARNING, "RolloutBlocked", scene.plan().summary().reason());
    }
    tellOfRejections();
    return new Result(
        new Known(
            targets(),
            phase(),
            began(),
            stands,
            phase() == RolloutPhase.ROLLING || wasOver()
                ? targets()
                : before.map(Known::started).orElse(List.of()),
            phase() == RolloutPhase.DONE || wasOver()
                ? targets()
                : before.map(Known::completed).orElse(List.of()),
            rejected()),
        List.copyOf(news));
  }

  /** A manager before this one has seen all pods on the target, and has told so. */
  private boolean wasOver() {
    return before.isEmpty()
        && !scene.pods().isEmpty()
        && scene.pods().stream().allMatch(this::isOnTarget);
  }

  private boolean isOnTarget(ConsumerPod pod) {
    return pod.mark()
        .release()
        .equals(scene.target(pod).map(release -> release.version().toString()));
  }

  private RolloutPhase phase() {
    return scene.plan().summary().phase();
  }

  private List<ReleaseRef> targets() {
    return scene.plan().targets().stream().map(Release::ref).toList();
  }

  private Instant began() {
    return before
        .filter(this::isSameStretch)
        .map(Known::since)
        .orElseGet(() -> scene.picture().now());
  }

  private boolean isSameStretch(Known known) {
    return known.phase() == phase() && known.targets().equals(targets());
  }

  private void tellOfProgress() {
    if (phase() == RolloutPhase.ROLLING && isNew(Known::started)) {
      tell(Sort.OCCURRENCE, Severity.NORMAL, "RolloutStarted", rolling());
    }
    boolean used = !scene.picture().instances().isEmpty();
    if (phase() == RolloutPhase.DONE && used && isNew(Known::completed)) {
      tell(Sort.OCCURRENCE, Severity.NORMAL, "RolloutCompleted", done());
    }
  }

  private boolean isLong(Instant since) {
    return !since.plus(STANDSTILL).isAfter(scene.picture().now());
  }

  /** A rollout that was under way, or over, when this manager began was told of before. */
  private boolean isNew(Function<Known, List<ReleaseRef>> what) {
    return before.filter(known -> !what.apply(known).equals(targets())).isPresent();
  }

  private String rolling() {
    return "pods go on to %s, one after another".formatted(release());
  }

  private String done() {
    return "all %d pods with an AppMan serve %s"
        .formatted(scene.picture().instances().size(), release());
  }

  private String release() {
    var named = targets().stream().map(ReleaseRef::toString).collect(Collectors.joining(" and "));
    return "release %s of %s".formatted(named.isEmpty() ? "none" : named, channel().id());
  }

  private void tellOfRejections() {
    channel()
        .rejected()
        .forEach(
            (sequence, rejection) -> {
              boolean recent = rejection.at().plus(RECENT).isAfter(scene.picture().now());
              if (recent && before.filter(b -> b.rejected().contains(sequence)).isEmpty()) {
                var version =
                    channel().release(sequence).map(r -> r.ref().toString()).orElse("#" + sequence);
                tell(
                    Sort.STATE,
                    Severity.WARNING,
                    "ReleaseRejected",
                    "release %s of %s was rejected: %s"
                        .formatted(version, channel().id(), rejection.reason()));
              }
            });
  }

  private Set<Long> rejected() {
    return new HashSet<>(channel().rejected().keySet());
  }

  private Channel channel() {
    return scene.channel();
  }

  private void tell(Sort sort, Severity severity, String reason, String message) {
    news.add(new News(sort, severity, reason, message));
  }
}
