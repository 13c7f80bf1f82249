package io.hydra.manager.feedback;

import io.hydra.error.ErrorCode;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.CopyState;
import io.hydra.wire.Fault;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a pod's node stands with the data of the channel's target.
 *
 * @param release empty where the channel has none
 */
record DataState(Optional<ReleaseRef> release, Stage stage) {
  /** How far it is. */
  enum Stage {
    AWAITED,
    READY,
    NO_SPACE,
    FAULTY
  }

  static DataState of(Scene scene, ConsumerPod pod) {
    var release = scene.target(pod).map(Release::ref);
    var stage =
        release.isEmpty()
            ? Stage.AWAITED
            : scene.preparation(pod).map(DataState::stage).orElse(Stage.AWAITED);
    return new DataState(release, stage);
  }

  private static Stage stage(Preparation preparation) {
    return switch (preparation) {
      case Preparation.Ready _, Preparation.Swap _ -> Stage.READY;
      case Preparation.Impossible _ -> Stage.NO_SPACE;
      case Preparation.Unheard _ -> Stage.AWAITED;
      case Preparation.Fetching(long _, long _, var fault) ->
          fault.map(DataState::stage).orElse(Stage.AWAITED);
      case Preparation.Placing(var fault) -> fault.map(DataState::stage).orElse(Stage.AWAITED);
    };
  }

  private static Stage stage(Fault fault) {
    return fault.code() == ErrorCode.INSUFFICIENT_SPACE ? Stage.NO_SPACE : Stage.FAULTY;
  }

  String reason() {
    return switch (stage) {
      case AWAITED -> "DataNotReady";
      case READY -> "DataReady";
      case NO_SPACE -> "InsufficientSpace";
      case FAULTY -> "DataFailed";
    };
  }

  boolean isWrong() {
    return stage == Stage.NO_SPACE || stage == Stage.FAULTY;
  }

  /** For people; the same for the same state, so nothing of progress is in it. */
  String sentence(Scene scene, ConsumerPod pod) {
    var channel = scene.channel().id();
    if (release.isEmpty()) {
      return "channel %s has no release yet".formatted(channel);
    }
    var what = "release %s of %s".formatted(release.get(), channel);
    return switch (stage) {
      case AWAITED -> "%s is not on node %s yet%s".formatted(what, pod.node(), missing(scene, pod));
      case READY -> "%s is on node %s: %s".formatted(what, pod.node(), datasets(scene, pod));
      case NO_SPACE, FAULTY ->
          "%s does not get onto node %s: %s".formatted(what, pod.node(), why(scene, pod));
    };
  }

  private static String datasets(Scene scene, ConsumerPod pod) {
    return scene.target(pod).stream()
        .flatMap(release -> release.datasets().stream())
        .map(dataset -> "%s (%s)".formatted(dataset.name(), dataset.placement()))
        .collect(Collectors.joining(", "));
  }

  private static String missing(Scene scene, ConsumerPod pod) {
    var node = scene.node(pod);
    var missing =
        scene.target(pod).stream()
            .flatMap(release -> release.datasets().stream())
            .filter(dataset -> node.filter(n -> isOnDisk(n, dataset)).isEmpty())
            .map(dataset -> dataset.name().toString())
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : "; it brings " + missing;
  }

  private static boolean isOnDisk(NodePicture node, ReleaseDataset dataset) {
    return node.inventory().filter(i -> i.disk(dataset.digest()) == CopyState.READY).isPresent();
  }

  private static String why(Scene scene, ConsumerPod pod) {
    return scene
        .preparation(pod)
        .flatMap(
            preparation ->
                preparation instanceof Preparation.Impossible(var reason)
                    ? Optional.of(reason)
                    : preparation.fault().map(Fault::detail))
        .orElse("its agent does not say why");
  }
}
