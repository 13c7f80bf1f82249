package io.hydra.manager.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.manager.kubernetes.ConsumerPod.Mark;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has whatever makes pods look at them again, soon after a manager has begun to lead. While no
 * manager answers, pods with {@code hydra/inject: required} cannot be created, and a ReplicaSet
 * waits twice as long after each failure, up to a quarter of an hour; it also looks when one of its
 * pods changes. So something is written on one of them that says nothing: when its condition was
 * looked at last. Not for several threads at a time.
 */
final class Nudges {
  /** The API server finds the webhook's new pod within seconds; the second time is for luck. */
  private static final List<Duration> AFTER =
      List.of(Duration.ofSeconds(10), Duration.ofSeconds(40));

  /** Whoever is seen for the first time later was not there when nobody answered. */
  private static final Duration UNTIL = Duration.ofMinutes(2);

  private final Instant began;
  private final Map<String, Long> done = new HashMap<>();

  /**
   * @param began when this manager began to lead
   */
  Nudges(Instant began) {
    this.began = began;
  }

  /** For one pod of each owner whose turn it is. */
  List<Errand> due(Collection<ConsumerPod> pods, Instant now) {
    if (now.isAfter(began.plus(UNTIL))) {
      done.clear();
      return List.of();
    }
    long turn = AFTER.stream().filter(after -> !began.plus(after).isAfter(now)).count();
    var errands = new ArrayList<Errand>();
    for (var pod : pods) {
      if (pod.owner().isPresent() && pod.mark().serving().isPresent()) {
        var owner = pod.owner().get().uid();
        if (done.getOrDefault(owner, 0L) < turn) {
          done.put(owner, turn);
          errands.add(errand(pod, pod.mark().serving().get(), now));
        }
      }
    }
    return errands;
  }

  private static Errand errand(ConsumerPod pod, boolean serving, Instant now) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("uid", pod.uid());
    body.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", Mark.SERVING)
        .put("status", serving ? "True" : "False")
        .put("lastProbeTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Errand(PodMark.path(pod), Patch.STRATEGIC, body, now);
  }
}
