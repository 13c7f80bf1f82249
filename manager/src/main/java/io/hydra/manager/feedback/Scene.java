package io.hydra.manager.feedback;

import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.model.InstanceId;
import io.hydra.model.Release;
import io.hydra.wire.InstanceView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A channel as it stands, with its pods. */
final class Scene {
  private final ChannelPicture picture;
  private final ChannelPlan plan;
  private final List<ConsumerPod> pods;
  private final Map<InstanceId, InstanceView> instances = new HashMap<>();

  Scene(ChannelPicture picture, ChannelPlan plan, List<ConsumerPod> pods) {
    this.picture = picture;
    this.plan = plan;
    this.pods = pods;
    picture.instances().forEach(view -> instances.put(view.registration().id(), view));
  }

  Channel channel() {
    return picture.channel();
  }

  ChannelPicture picture() {
    return picture;
  }

  ChannelPlan plan() {
    return plan;
  }

  /** Those that do not end. */
  List<ConsumerPod> pods() {
    return pods.stream().filter(pod -> !pod.ending()).toList();
  }

  /** What is known of the pod's AppMan, where it has one. */
  Optional<InstanceView> instance(ConsumerPod pod) {
    if (instances.isEmpty()) {
      return Optional.empty();
    }
    return pod.instanceIds().stream()
        .flatMap(id -> Stream.ofNullable(instances.get(id)))
        .filter(view -> view.registration().node().equals(pod.node()))
        .findFirst();
  }

  /** That the pod shall be on. */
  Optional<Release> target(ConsumerPod pod) {
    return plan.targetOn(pod.node());
  }

  Optional<Preparation> preparation(ConsumerPod pod) {
    return plan.preparationOn(pod.node());
  }

  Optional<NodePicture> node(ConsumerPod pod) {
    return Optional.ofNullable(picture.nodes().get(pod.node()));
  }
}
