package io.hydra.manager.explain;

import io.hydra.manager.assign.Inventory;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.manager.reconcile.PartPlan;
import io.hydra.manager.rollout.Reasons;
import io.hydra.manager.rollout.RolloutAction;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.Explanation;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One release of one channel as it stands, to be explained. */
record Scene(ChannelPicture picture, ChannelPlan plan, Release release) {

  Explanation ofChannel() {
    long serving = picture.instances().stream().filter(this::isServedBy).count();
    var verdict =
        "%d of %d instances serve %s."
            .formatted(serving, picture.instances().size(), release.ref());
    var reasons = new ArrayList<String>();
    for (var part : plan.parts()) {
      if (part.used() || part.scope().isEmpty()) {
        reasons.addAll(reasons(part));
      }
    }
    return new Explanation(
        "release %s in %s".formatted(release.ref(), channel().id()), verdict, distinct(reasons));
  }

  private List<String> reasons(PartPlan part) {
    var reasons = new ArrayList<String>();
    boolean target = isTarget(part);
    reasons.add(standing(part));
    if (target) {
      reasons.add(part.summary().reason());
    }
    var staging = staging(part);
    staging.ifPresent(s -> reasons.add(s.reason()));
    picture.unsettled().ifPresent(reasons::add);
    staging.ifPresent(s -> s.preparations().forEach((node, p) -> reasons.add(staged(node, p))));
    if (target) {
      plan.nodes().keySet().stream()
          .filter(node -> plan.partOf(node).equals(part))
          .forEach(
              node -> plan.preparationOn(node).ifPresent(p -> reasons.add(notPrepared(node, p))));
      part.rollout().holds().forEach(hold -> reasons.add(waits(hold)));
    }
    return reasons;
  }

  /** Where the release stands in one part of the channel. */
  private String standing(PartPlan part) {
    return Standing.of(channel(), part.scope(), release);
  }

  /**
   * @param others what other channels want of the node
   */
  Explanation ofNode(NodeName name, Collection<NodeContribution> others) {
    var subject = "release %s on node %s".formatted(release.ref(), name);
    var node = Optional.ofNullable(picture.nodes().get(name));
    if (node.isEmpty()) {
      return new Explanation(
          subject,
          "Node %s takes no part in %s.".formatted(name, channel().id()),
          List.of(
              "no instance of the channel is registered or expected there, and the channel's node selector does not match it"));
    }
    var reasons = new ArrayList<String>();
    var part = plan.partOf(name);
    reasons.add(standing(part));
    connection(node.get()).ifPresent(reasons::add);
    if (isTarget(part)) {
      plan.preparationOn(name)
          .ifPresent(preparation -> reasons.add(notPrepared(name, preparation)));
    }
    staging(part)
        .flatMap(staging -> Optional.ofNullable(staging.preparations().get(name)))
        .ifPresent(preparation -> reasons.add(staged(name, preparation)));
    var keeping = new Keeping(release, plan.contributionOn(name), tenants(name), others);
    node.get()
        .inventory()
        .ifPresent(
            inventory -> {
              reasons.addAll(copies(inventory));
              reasons.addAll(keeping.reasons(inventory));
            });
    var verdict =
        node.get().has(release)
            ? "Node %s has all of %s.".formatted(name, release.ref())
            : "Node %s does not have all of %s.".formatted(name, release.ref());
    return new Explanation(subject, verdict, distinct(reasons));
  }

  private List<InstanceView> tenants(NodeName node) {
    return picture.instances().stream()
        .filter(instance -> instance.registration().node().equals(node))
        .toList();
  }

  Explanation ofInstance(InstanceId id) {
    var subject = "release %s on instance %s".formatted(release.ref(), id);
    var instance =
        picture.instances().stream().filter(i -> i.registration().id().equals(id)).findFirst();
    if (instance.isEmpty()) {
      return new Explanation(
          subject,
          "Instance %s takes no part in %s.".formatted(id, channel().id()),
          List.of("no instance of this name is registered for the channel"));
    }
    var verdict =
        isServedBy(instance.get())
            ? "Instance %s serves %s.".formatted(id, release.ref())
            : "Instance %s does not serve %s.".formatted(id, release.ref());
    return new Explanation(subject, verdict, distinct(reasons(instance.get())));
  }

  private List<String> reasons(InstanceView instance) {
    var reasons = new ArrayList<String>();
    var id = instance.registration().id();
    var part = plan.partOf(instance.registration().node());
    boolean target = isTarget(part);
    silence(instance).ifPresent(reasons::add);
    if (!target) {
      reasons.add(standing(part));
      staging(part).ifPresent(staging -> reasons.add(staging.reason()));
    }
    picture.unsettled().ifPresent(reasons::add);
    part.rollout().hold(id).filter(h -> target).ifPresent(h -> reasons.add(waits(h)));
    instance.report().ifPresent(report -> reasons.addAll(state(id, report)));
    if (target) {
      reasons.add(standing(part));
    }
    return reasons;
  }

  private static List<String> state(InstanceId id, InstanceReport report) {
    var reasons = new ArrayList<String>();
    reasons.add(
        "instance %s is %s%s%s%s"
            .formatted(
                id,
                report.state(),
                report.serving().map(r -> ", on " + r).orElse(""),
                report.moving().map(r -> ", moving to " + r).orElse(""),
                report.ready() ? ", ready" : ", not ready"));
    report.failed().ifPresent(r -> reasons.add("it failed to load " + r));
    report.fault().ifPresent(fault -> reasons.add(words(fault)));
    return reasons;
  }

  private List<String> copies(Inventory inventory) {
    return release.datasets().stream()
        .map(
            dataset -> {
              var report = inventory.dataset(dataset.digest());
              return "dataset %s: %s on disk, %s in RAM, %d of %d bytes%s"
                  .formatted(
                      dataset.name(),
                      inventory.disk(dataset.digest()),
                      inventory.ram(dataset.digest()),
                      inventory.disk(dataset.digest()) == CopyState.READY
                          ? dataset.bytes()
                          : report.map(r -> r.fetchedBytes()).orElse(0L),
                      dataset.bytes(),
                      report.flatMap(r -> r.fault()).map(f -> "; " + words(f)).orElse(""));
            })
        .toList();
  }

  private Optional<String> silence(InstanceView instance) {
    var id = instance.registration().id();
    return switch (instance.connection()) {
      case CONNECTED -> Optional.empty();
      case EXPECTED -> Optional.of("instance %s was not heard yet".formatted(id));
      case LOST ->
          Optional.of(
              "instance %s is lost%s"
                  .formatted(id, instance.lastHeard().map(t -> " since " + t).orElse("")));
    };
  }

  private static Optional<String> connection(NodePicture node) {
    return switch (node.connection()) {
      case Connection.CONNECTED -> Optional.empty();
      case Connection.EXPECTED ->
          Optional.of("the agent of node %s was not heard yet".formatted(node.name()));
      case Connection.LOST -> Optional.of("the agent of node %s is lost".formatted(node.name()));
    };
  }

  private boolean isServedBy(InstanceView instance) {
    return instance
        .report()
        .filter(r -> r.state() == InstanceState.SERVING)
        .flatMap(InstanceReport::serving)
        .filter(release.ref()::equals)
        .isPresent();
  }

  private boolean isTarget(PartPlan part) {
    return part.target().filter(release::equals).isPresent();
  }

  /** Where the release is what shall be the head next. */
  private Optional<Staging> staging(PartPlan part) {
    return part.staging().filter(staging -> staging.release().equals(release) && !isTarget(part));
  }

  private String staged(NodeName node, Preparation preparation) {
    return preparation.isOnDisk()
        ? "node %s has verified %s".formatted(node, release.ref())
        : notPrepared(node, preparation);
  }

  private Channel channel() {
    return picture.channel();
  }

  private String notPrepared(NodeName node, Preparation preparation) {
    return Reasons.notPrepared("node " + node, preparation, release);
  }

  private static String waits(RolloutAction.Hold hold) {
    return "instance %s waits: %s".formatted(hold.instance(), hold.reason());
  }

  private static String words(Fault fault) {
    return "%s (%s)".formatted(fault.detail(), fault.code());
  }

  private static List<String> distinct(List<String> reasons) {
    return reasons.stream().distinct().toList();
  }
}
