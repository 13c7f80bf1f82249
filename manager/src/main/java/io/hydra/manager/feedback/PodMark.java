package io.hydra.manager.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.manager.kubernetes.ConsumerPod.Mark;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is to be written on a pod of the release that it serves: an annotation, and a condition,
 * which stays true while it moves on to another release. Both by the pod's {@code status}, as
 * whoever may write that may not change what the pod runs.
 */
final class PodMark {
  private final ConsumerPod pod;
  private final Mark wanted;
  private final String reason;
  private final String message;

  private PodMark(ConsumerPod pod, Mark wanted, String reason, String message) {
    this.pod = pod;
    this.wanted = wanted;
    this.reason = reason;
    this.message = message;
  }

  /** Empty where nothing is to change, or nothing is known. */
  static Optional<PodMark> of(ConsumerPod pod, Optional<InstanceView> instance) {
    return instance
        .filter(view -> view.connection() == Connection.CONNECTED)
        .flatMap(InstanceView::report)
        .flatMap(report -> wanted(pod, report))
        .filter(mark -> !mark.wanted.equals(pod.mark()));
  }

  private static Optional<PodMark> wanted(ConsumerPod pod, InstanceReport report) {
    var release = report.serving().map(ReleaseRef::version).map(Object::toString);
    boolean serves =
        release.isPresent()
            && report.state() != InstanceState.WAITING
            && report.state() != InstanceState.FAILED;
    if (serves) {
      var sentence = "serves release " + report.serving().orElseThrow();
      return Optional.of(
          new PodMark(pod, new Mark(release, Optional.of(true)), "Serving", sentence));
    }
    boolean isWorthTelling =
        report.state() == InstanceState.FAILED || pod.mark().serving().isPresent();
    if (!isWorthTelling) {
      return Optional.empty();
    }
    var sentence = report.fault().map(fault -> fault.detail()).orElse("serves no release");
    return Optional.of(
        new PodMark(
            pod,
            new Mark(Optional.empty(), Optional.of(false)),
            report.state() == InstanceState.FAILED ? "Failed" : "Waiting",
            sentence));
  }

  static String path(ConsumerPod pod) {
    return "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.id().name() + "/status";
  }

  /** Refused where another pod of that name has come. */
  Errand errand(Instant now) {
    var body = JsonNodeFactory.instance.objectNode();
    var metadata = body.putObject("metadata").put("uid", pod.uid());
    annotate(metadata.putObject("annotations"));
    var condition = body.putObject("status").putArray("conditions").addObject();
    condition
        .put("type", Mark.SERVING)
        .put("status", wanted.serving().orElse(false) ? "True" : "False");
    condition.put("reason", reason).put("message", message);
    if (!wanted.serving().equals(pod.mark().serving())) {
      condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return new Errand(path(pod), Patch.STRATEGIC, body, wanted);
  }

  private void annotate(ObjectNode annotations) {
    wanted
        .release()
        .ifPresentOrElse(
            release -> annotations.put(Mark.RELEASE, release),
            () -> annotations.putNull(Mark.RELEASE));
  }
}
