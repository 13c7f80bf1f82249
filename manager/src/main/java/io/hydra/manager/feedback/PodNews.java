package io.hydra.manager.feedback;

import io.hydra.manager.events.Announcement;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What there is to tell of one pod, from what is and what was known before. What has been told is
 * remembered in {@link Known}, and on the pod: the release that it served when a manager before
 * this one looked at it.
 */
final class PodNews {
  private final Scene scene;
  private final ConsumerPod pod;
  private final Optional<InstanceReport> report;
  private final Optional<Known> before;
  private final List<Announcement> announcements = new ArrayList<>();

  /**
   * What was known of a pod when it was looked at last.
   *
   * @param moving the release that it was on the way to
   * @param failed the release that it could not load
   * @param served the version that it served
   */
  record Known(
      DataState data,
      Optional<ReleaseRef> moving,
      Optional<ReleaseRef> failed,
      Optional<String> served) {}

  /** What is known now, and what there is to tell. */
  record Result(Known now, List<Announcement> announcements) {}

  private PodNews(Scene scene, ConsumerPod pod, Optional<Known> before) {
    this.scene = scene;
    this.pod = pod;
    this.before = before;
    this.report =
        scene
            .instance(pod)
            .filter(view -> view.connection() == Connection.CONNECTED)
            .flatMap(InstanceView::report);
  }

  /**
   * @param before empty for a pod that this manager sees for the first time
   */
  static Result of(Scene scene, ConsumerPod pod, Optional<Known> before) {
    return new PodNews(scene, pod, before).result();
  }

  private Result result() {
    var now = new Known(DataState.of(scene, pod), moving(), failed(), served());
    tellOfData(now.data());
    now.moving().filter(r -> before.isPresent() && isNew(Known::moving, r)).ifPresent(this::begun);
    now.failed().filter(r -> isNew(Known::failed, r)).ifPresent(this::failed);
    now.served().filter(this::isNewlyServed).ifPresent(this::arrived);
    return new Result(now, List.copyOf(announcements));
  }

  private Optional<ReleaseRef> moving() {
    return report.isEmpty()
        ? before.flatMap(Known::moving)
        : report
            .filter(
                r -> r.state() == InstanceState.DRAINING || r.state() == InstanceState.RELOADING)
            .flatMap(InstanceReport::moving);
  }

  private Optional<ReleaseRef> failed() {
    return report.isEmpty()
        ? before.flatMap(Known::failed)
        : report.flatMap(InstanceReport::failed);
  }

  /** What it served last, as long as it does not say that it serves something else. */
  private Optional<String> served() {
    return report
        .filter(r -> r.state() == InstanceState.SERVING)
        .flatMap(InstanceReport::serving)
        .map(release -> release.version().toString())
        .or(() -> before.flatMap(Known::served))
        .or(() -> pod.mark().release());
  }

  private boolean isNew(Function<Known, Optional<ReleaseRef>> what, ReleaseRef release) {
    return before.flatMap(what).filter(release::equals).isEmpty();
  }

  private boolean isNewlyServed(String version) {
    return before
        .map(Known::served)
        .orElseGet(() -> pod.mark().release())
        .filter(version::equals)
        .isEmpty();
  }

  /** A pod that serves waits for nothing: of its node's data it is told only what is wrong. */
  private void tellOfData(DataState data) {
    boolean isNews = before.map(Known::data).filter(data::equals).isEmpty();
    boolean wasWrong = before.map(Known::data).filter(DataState::isWrong).isPresent();
    boolean waited = before.map(Known::served).orElseGet(this::served).isEmpty();
    if (!isNews || !(waited || data.isWrong() || wasWrong)) {
      return;
    }
    var sentence = data.sentence(scene, pod);
    announcements.add(
        data.isWrong()
            ? Announcement.wrong(pod.reference(), data.reason(), sentence)
            : Announcement.state(pod.reference(), data.reason(), sentence));
  }

  /** One that was on its way and back between two looks has begun all the same. */
  private void arrived(String version) {
    report
        .flatMap(InstanceReport::serving)
        .filter(release -> before.flatMap(Known::served).isPresent())
        .filter(release -> isNew(Known::moving, release))
        .ifPresent(release -> begun(release, before.flatMap(Known::served)));
    completed(version);
  }

  private void begun(ReleaseRef release) {
    begun(release, report.flatMap(InstanceReport::serving).map(ReleaseRef::toString));
  }

  private void begun(ReleaseRef release, Optional<String> origin) {
    var from = origin.map(r -> ", from " + r).orElse("");
    announcements.add(
        Announcement.happened(
            pod.reference(),
            "ReloadStarted",
            "goes on to release %s of %s on node %s%s"
                .formatted(release, scene.channel().id(), pod.node(), from)));
  }

  private void failed(ReleaseRef release) {
    var why = report.flatMap(InstanceReport::fault).map(Fault::detail);
    announcements.add(
        Announcement.wrong(
            pod.reference(),
            "ReloadFailed",
            "could not load release %s of %s on node %s%s"
                .formatted(
                    release,
                    scene.channel().id(),
                    pod.node(),
                    why.map(text -> ": " + text).orElse(""))));
  }

  private void completed(String version) {
    announcements.add(
        Announcement.happened(
            pod.reference(),
            "ReloadCompleted",
            "serves release %s of %s on node %s"
                .formatted(version, scene.channel().id(), pod.node())));
  }
}
