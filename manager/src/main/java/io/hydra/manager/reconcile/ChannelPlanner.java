package io.hydra.manager.reconcile;

import io.hydra.manager.assign.LiveChoice;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.NodePlanner;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.assign.Tenant;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.rollout.Allowance;
import io.hydra.manager.rollout.Attempt;
import io.hydra.manager.rollout.Fleet;
import io.hydra.manager.rollout.Member;
import io.hydra.manager.rollout.RolloutAction;
import io.hydra.manager.rollout.RolloutPlan;
import io.hydra.manager.rollout.RolloutPlanner;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.manager.rollout.Staging;
import io.hydra.manager.rollout.Swaps;
import io.hydra.model.InstanceId;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.Connection;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans one channel: what each node holds, which instance moves, what is rejected. Pure: the same
 * picture after the same plan gives the same plan.
 */
public final class ChannelPlanner {
  private final ChannelPicture picture;
  private final Channel channel;
  private final Map<Optional<ScopeName>, Channel> parts = new LinkedHashMap<>();
  private final Optional<ChannelPlan> previous;
  private final PodMatch pods;
  private final SortedMap<NodeName, Optional<Release>> live = new TreeMap<>();
  private final SortedMap<NodeName, Preparation> preparations = new TreeMap<>();
  private final Map<NodeName, NodePlan> unchanged = new HashMap<>();
  private final Map<NodeContribution, NodeContribution> wishes = new HashMap<>();

  private ChannelPlanner(ChannelPicture picture, Optional<ChannelPlan> previous) {
    this.picture = picture;
    this.channel = picture.channel();
    channel.parts().forEach(part -> parts.put(part, channel.seenFrom(part)));
    this.previous = previous;
    this.pods =
        new PodMatch(
            picture.pods(),
            picture.instances().stream().map(InstanceView::registration).toList(),
            picture.now());
  }

  public static ChannelPlan plan(ChannelPicture picture, Optional<ChannelPlan> previous) {
    return new ChannelPlanner(picture, previous).plan();
  }

  /** Who would let go of RAM together, were that release the target. */
  public static Swaps swaps(
      ChannelPicture picture, Optional<ChannelPlan> previous, Release release) {
    return new ChannelPlanner(picture, previous).swaps(release);
  }

  private Swaps swaps(Release release) {
    look(tenants(Map.of()));
    var counted = counted(members());
    return Swaps.of(release, counted, allowance(counted));
  }

  private ChannelPlan plan() {
    var tenants = tenants(Map.of());
    look(tenants);
    var members = members();
    var planned = roll(counted(members), tenants);
    var orders = orders(planned);
    return new ChannelPlan(
        channel,
        picture.settled(),
        planned,
        picture.scopes(),
        orders,
        attempts(members, orders),
        nodes(tenants(orders)));
  }

  private void look(Map<NodeName, List<Tenant>> tenants) {
    for (var node : picture.nodes().values()) {
      look(node, tenants.getOrDefault(node.name(), List.of()));
    }
  }

  private List<Member> members() {
    return picture.instances().stream().map(this::member).toList();
  }

  private List<Member> counted(List<Member> members) {
    return members.stream().filter(member -> !hasSuccessor(member)).toList();
  }

  /** One whose node is lost for so long that its cluster has put another pod in its place. */
  private boolean hasSuccessor(Member member) {
    return member.isGone() && pods.isOverdue(member.instance().registration());
  }

  /** Part by part: the first takes first of what they may all take together. */
  private List<PartPlan> roll(List<Member> members, Map<NodeName, List<Tenant>> tenants) {
    var allowance = allowance(members);
    var planned = new ArrayList<PartPlan>();
    parts.forEach(
        (part, seen) ->
            planned.add(plan(part, seen, fleet(part, members).members(), tenants, allowance)));
    // A rejection changes what all of them aim at.
    boolean rejects = planned.stream().anyMatch(p -> p.rollout().rejection().isPresent());
    return planned.stream()
        .map(p -> rejects && p.rollout().rejection().isEmpty() ? p.undecided() : p)
        .toList();
  }

  private Allowance allowance(List<Member> members) {
    return Allowance.of(
        channel.settings().maxUnavailable().orElse(MaxUnavailable.ONE),
        parts.keySet().stream().map(part -> fleet(part, members)).toList(),
        pods.strays());
  }

  private Fleet fleet(Optional<ScopeName> part, List<Member> members) {
    return new Fleet(
        Objects.requireNonNull(parts.get(part)).target().map(Release::ref),
        members.stream().filter(m -> picture.scopeOf(m.node()).equals(part)).toList());
  }

  private PartPlan plan(
      Optional<ScopeName> part,
      Channel seen,
      List<Member> members,
      Map<NodeName, List<Tenant>> tenants,
      Allowance allowance) {
    var pinFailure = previous.flatMap(plan -> plan.pinFailure(part));
    var rollout =
        picture.settled()
            ? RolloutPlanner.plan(seen, members, pinFailure, allowance)
            : RolloutPlan.undecided(pinFailure);
    var nodes = nodesOf(part);
    var staging = seen.candidate().map(candidate -> staging(seen, candidate, nodes, tenants));
    var prepared = new TreeMap<>(preparations);
    prepared.keySet().retainAll(nodes.keySet());
    return new PartPlan(
        part,
        seen.target(),
        rollout,
        RolloutSummary.of(seen, members, prepared, rollout, staging, picture.unsettled()),
        staging,
        !nodes.isEmpty());
  }

  private SortedMap<NodeName, NodePicture> nodesOf(Optional<ScopeName> part) {
    var nodes = new TreeMap<>(picture.nodes());
    nodes.keySet().removeIf(name -> !picture.scopeOf(name).equals(part));
    return nodes;
  }

  /** The channel as the node sees it. */
  private Channel channelOn(NodeName node) {
    return Objects.requireNonNull(parts.get(picture.scopeOf(node)));
  }

  private void look(NodePicture node, List<Tenant> tenants) {
    var same =
        previous.filter(plan -> tenants.isEmpty()).flatMap(plan -> plan.stillOn(node, picture));
    if (same.isPresent()) {
      unchanged.put(node.name(), same.get());
      live.put(node.name(), same.get().contribution().live());
      same.get().preparation().ifPresent(p -> preparations.put(node.name(), p));
      return;
    }
    var before = previous.flatMap(plan -> plan.liveOn(node.name()));
    live.put(
        node.name(),
        new LiveChoice(channelOn(node.name()), node, tenants, before, picture.settled()).choose());
    channelOn(node.name())
        .target()
        .ifPresent(
            target -> preparations.put(node.name(), planner(node).preparation(target, tenants)));
  }

  private Staging staging(
      Channel seen,
      Release candidate,
      SortedMap<NodeName, NodePicture> nodes,
      Map<NodeName, List<Tenant>> tenants) {
    var staged = new TreeMap<NodeName, Preparation>();
    for (var node : nodes.values()) {
      staged.put(
          node.name(),
          planner(node).preparation(candidate, tenants.getOrDefault(node.name(), List.of())));
    }
    return Staging.of(seen, candidate, nodes, staged, picture.unsettled());
  }

  private NodePlanner planner(NodePicture node) {
    return new NodePlanner(channelOn(node.name()), node, live(node.name()), picture.settled());
  }

  private Optional<Release> live(NodeName node) {
    return live.getOrDefault(node, Optional.empty());
  }

  private Member member(InstanceView instance) {
    var node = node(instance);
    var preparation =
        preparations.getOrDefault(instance.registration().node(), new Preparation.Unheard());
    return new Member(
        instance,
        attempt(instance, node),
        preparation,
        node.connection(),
        instance
            .report()
            .flatMap(r -> r.moving())
            .flatMap(channel::release)
            .filter(node::has)
            .isPresent(),
        fallback(node).filter(release -> !hasFailed(instance, release)),
        pods.of(instance.registration()));
  }

  private static boolean hasFailed(InstanceView instance, Release release) {
    return instance
        .report()
        .flatMap(InstanceReport::failed)
        .filter(release.ref()::equals)
        .isPresent();
  }

  private NodePicture node(InstanceView instance) {
    var name = instance.registration().node();
    return Optional.ofNullable(picture.nodes().get(name))
        .orElseThrow(() -> new IllegalArgumentException("node " + name + " is not in the picture"));
  }

  /** The node's last good release, where it has all of it. */
  private Optional<Release> fallback(NodePicture node) {
    return live(node.name())
        .filter(node::has)
        .filter(release -> !channelOn(node.name()).isRejected(release.sequence()));
  }

  private Optional<Attempt> attempt(InstanceView instance, NodePicture node) {
    return previous
        .flatMap(plan -> Optional.ofNullable(plan.attempts().get(instance.registration().id())))
        .map(
            attempt ->
                attempt.follow(instance, bringsDataOf(attempt.release(), node), picture.now()));
  }

  private boolean bringsDataOf(ReleaseRef ref, NodePicture node) {
    return node.connection() == Connection.CONNECTED
        && channel
            .release(ref)
            .filter(release -> !node.has(release) && node.fault(release).isEmpty())
            .isPresent();
  }

  private Map<InstanceId, InstanceOrder> orders(List<PartPlan> planned) {
    var instances =
        picture.instances().stream()
            .collect(Collectors.toMap(i -> i.registration().id(), Function.identity()));
    var orders = new HashMap<InstanceId, InstanceOrder>();
    for (var action : planned.stream().flatMap(p -> p.rollout().actions().stream()).toList()) {
      switch (action) {
        case RolloutAction.Grant(var id, var release, var letGo) ->
            orders.put(id, new InstanceOrder(Optional.of(release), letGo));
        case RolloutAction.Hold(var id, var _) ->
            orders.put(id, stay(Optional.ofNullable(instances.get(id))));
        case RolloutAction.Reject _ -> {}
      }
    }
    return orders;
  }

  /** On the release that it serves, so that one that has lost its own notes is told. */
  private InstanceOrder stay(Optional<InstanceView> instance) {
    var served =
        instance
            .flatMap(InstanceView::report)
            .filter(report -> report.state() != InstanceState.WAITING)
            .flatMap(InstanceReport::serving)
            .flatMap(channel::release);
    return new InstanceOrder(served, false);
  }

  private Map<InstanceId, Attempt> attempts(
      List<Member> members, Map<InstanceId, InstanceOrder> orders) {
    var attempts = new HashMap<InstanceId, Attempt>();
    for (var member : members) {
      var order = Optional.ofNullable(orders.get(member.id()));
      var next =
          order.isEmpty()
              ? member.attempt()
              : order.get().release().map(release -> next(member, release));
      next.ifPresent(attempt -> attempts.put(member.id(), attempt));
    }
    return attempts;
  }

  private Attempt next(Member member, Release release) {
    return member
        .attempt()
        .filter(attempt -> attempt.release().equals(release.ref()))
        .orElseGet(
            () -> Attempt.begin(release.ref(), member.instance(), member.attempt(), picture.now()));
  }

  private SortedMap<NodeName, NodePlan> nodes(Map<NodeName, List<Tenant>> tenants) {
    var plans = new TreeMap<NodeName, NodePlan>();
    for (var node : picture.nodes().values()) {
      var same = Optional.ofNullable(unchanged.get(node.name()));
      plans.put(
          node.name(),
          same.orElseGet(() -> plan(node, tenants.getOrDefault(node.name(), List.of()))));
    }
    picture
        .left()
        .values()
        .forEach(
            node ->
                liveOnceOn(node)
                    .map(NodeContribution::keeping)
                    .ifPresent(wish -> plans.put(node.name(), NodePlan.keeping(wish))));
    return plans;
  }

  private NodePlan plan(NodePicture node, List<Tenant> tenants) {
    return new NodePlan(
        Optional.of(node.basis()).filter(alone -> tenants.isEmpty()),
        Optional.ofNullable(preparations.get(node.name())),
        shared(planner(node).contribution(tenants)));
  }

  /** Thousands of nodes are to hold the same: one object says so for all of them. */
  private NodeContribution shared(NodeContribution wish) {
    return wishes.computeIfAbsent(wish, Function.identity());
  }

  private Optional<Release> liveOnceOn(NodePicture node) {
    return previous
        .flatMap(plan -> plan.liveOn(node.name()))
        .or(() -> node.live(channel.id()))
        .flatMap(channel::release);
  }

  private Map<NodeName, List<Tenant>> tenants(Map<InstanceId, InstanceOrder> orders) {
    var tenants = new HashMap<NodeName, List<Tenant>>();
    for (var instance : picture.instances()) {
      tenants.merge(
          instance.registration().node(),
          List.of(tenant(instance, Optional.ofNullable(orders.get(instance.registration().id())))),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    return tenants;
  }

  private static Tenant tenant(InstanceView instance, Optional<InstanceOrder> order) {
    Optional<ReleaseRef> granted =
        order.isPresent()
            ? order.get().release().map(Release::ref)
            : instance.granted().map(Grant::release);
    return new Tenant(instance.registration().id(), instance.report(), granted);
  }
}
