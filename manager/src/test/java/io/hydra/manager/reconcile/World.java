package io.hydra.manager.reconcile;

import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.discovery.InstancesConfig;
import io.hydra.manager.discovery.NoOrchestrator;
import io.hydra.manager.discovery.NodeLabels;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.SelectedNodes;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.explain.Explainer;
import io.hydra.manager.explain.Foresight;
import io.hydra.manager.explain.StatusReader;
import io.hydra.manager.observe.AgentsConfig;
import io.hydra.manager.observe.FetchSpeed;
import io.hydra.manager.observe.LeaderConfig;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.observe.Term;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.NodeName;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.RolloutPhase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A manager of real parts on a fake store and clock, with simulated agents. One step is one second:
 * everyone reports, the manager ticks, everyone obeys.
 */
public final class World {
  public static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final Duration GRACE = Duration.ofSeconds(15);

  public final FakeClock clock = new FakeClock();
  public FakeStore store = new FakeStore();
  public final FakeChannels channels = new FakeChannels();
  public final Map<String, SimulatedNode> nodes = new TreeMap<>();
  public final Map<String, SimulatedInstance> instances = new TreeMap<>();
  private final Map<String, ChannelId> homes = new TreeMap<>();
  private final Map<String, String> regions = new TreeMap<>();
  private final List<Runnable> beforeSteps = new ArrayList<>();
  private final List<Runnable> checks = new ArrayList<>();

  final FakePods pods = new FakePods();
  public Roster roster;
  public Whereabouts whereabouts;
  NodeLabels nodeLabels;
  public Orchestrator orchestrator = new NoOrchestrator();
  public Registrations registrations;
  public ObservedCluster cluster;
  public SettledLeadership leadership;
  public DesiredBoard board;
  OrderWriter orders;
  public Plans plans;
  FetchSpeed speed;
  public Viewpoint viewpoint;
  public ChangeDetector changes;
  public Reconciler reconciler;
  public SimpleMeterRegistry meters;

  public World() {
    startManager();
    channels.create(Channel.create(CHANNEL, ChannelSettings.DEFAULT));
  }

  private static final class Forgetting implements InstancesConfig {
    @Override
    public Duration forgetAfter() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration keepData() {
      return Duration.ofHours(1);
    }
  }

  /** A new process on the same store; agents notice nothing but silence. */
  public void restartManager() {
    channels.forgetListeners();
    startManager();
  }

  /**
   * As {@link #restartManager} with a store that knows nothing; channels are the test's to lose.
   */
  void restartManagerWithoutItsState() {
    store = new FakeStore();
    restartManager();
  }

  /**
   * As {@link #restartManager}; the new one does not hear of labels before {@link #tellRegions}.
   */
  void restartManagerThatIsNotTold() {
    var known = new TreeMap<>(regions);
    regions.clear();
    restartManager();
    regions.putAll(known);
  }

  void tellRegions() {
    regions.forEach(this::label);
  }

  private void startManager() {
    LeaderConfig leader = () -> GRACE;
    AgentsConfig agents = () -> Duration.ofSeconds(10);
    var forgetting = new Forgetting();
    roster = new Roster();
    whereabouts = new Whereabouts(roster);
    nodeLabels = new NodeLabels();
    tellRegions();
    var selectedNodes = new SelectedNodes(roster, nodeLabels);
    registrations = new Registrations(store, channels, roster);
    board = new DesiredBoard(roster);
    var term = new Term(store);
    cluster = new ObservedCluster(roster, board, term, agents, clock);
    leadership = new SettledLeadership(term, cluster, whereabouts, leader, clock);
    plans = new Plans();
    speed = new FetchSpeed(cluster, clock);
    viewpoint =
        new Viewpoint(
            roster,
            whereabouts,
            selectedNodes,
            orchestrator,
            cluster,
            leadership,
            plans,
            new Departures(forgetting),
            clock);
    changes =
        new ChangeDetector(
            channels, roster, whereabouts, selectedNodes, orchestrator, cluster, leadership, plans);
    meters = new SimpleMeterRegistry();
    orders =
        new OrderWriter(
            board, plans, term, leadership, cluster, roster, whereabouts, channels, leader, clock);
    reconciler =
        new Reconciler(
            channels,
            roster,
            cluster,
            orchestrator,
            viewpoint,
            plans,
            board,
            orders,
            new Housekeeping(
                channels,
                registrations,
                roster,
                whereabouts,
                pods,
                cluster,
                leadership,
                forgetting),
            changes,
            new RolloutMetrics(meters, cluster, roster),
            clock);
    registrations.load();
  }

  public SimulatedNode node(String name) {
    return node(name, Optional.of(1_000L));
  }

  public SimulatedNode node(String name, Optional<Long> ram) {
    return nodes.computeIfAbsent(name, n -> new SimulatedNode(n, ram));
  }

  /** Gives the node the label {@code region}; it is told again to each manager that starts. */
  public void region(String node, String region) {
    regions.put(node, region);
    label(node, region);
  }

  private void label(String node, String region) {
    nodeLabels.put(NodeName.of(node), Map.of("region", region));
  }

  /** Nodes with that region are a scope. */
  public static Scope scope(String region, String promotion) {
    return new Scope(
        ScopeName.of(region), Map.of("region", region), Optional.of(Promotion.parse(promotion)));
  }

  public void scopes(Scope... scopes) {
    settings(s -> ChannelSettings.builder().scopes(scopes).build().over(s));
  }

  /** What the instance should be on. */
  public Optional<Release> targetOf(SimulatedInstance instance) {
    var scope =
        channel().scopeSettings().stream()
            .map(Scope::name)
            .filter(
                name ->
                    name.value().equals(regions.getOrDefault(instance.node.name.value(), "none")))
            .findFirst();
    return channel().seenFrom(scope).target();
  }

  public SimulatedInstance instance(String id, SimulatedNode node) {
    return instance(id, node, CHANNEL);
  }

  public SimulatedInstance instance(String id, SimulatedNode node, ChannelId channel) {
    homes.put(id, channel);
    return instances.computeIfAbsent(id, i -> new SimulatedInstance(i, node));
  }

  /** How many of the channel's instances left traffic to carry out a grant. */
  public int outByOrder(ChannelId channel) {
    return (int)
        instances.values().stream()
            .filter(i -> channel.equals(homes.get(i.id.value())) && i.isOutByOrder())
            .count();
  }

  /** How many may. */
  public int limit(ChannelId channel) {
    return channels
        .find(channel)
        .flatMap(v -> v.channel().settings().maxUnavailable())
        .orElse(MaxUnavailable.ONE)
        .of((int) homes.values().stream().filter(channel::equals).count());
  }

  /** An instance that exists. */
  public SimulatedInstance the(String id) {
    return Objects.requireNonNull(instances.get(id), id);
  }

  /** The instances are pods from now on, of which so many have to be healthy. */
  SimulatedKubernetes inKubernetes(int needed) {
    var kubernetes = new SimulatedKubernetes(this, needed);
    orchestrator = kubernetes;
    beforeSteps.add(kubernetes::step);
    restartManager();
    return kubernetes;
  }

  /** Checked after each step. */
  public void always(Runnable check) {
    checks.add(check);
  }

  public void settings(UnaryOperator<ChannelSettings> change) {
    channels.update(CHANNEL, c -> c.withSettings(change.apply(c.settings())));
  }

  /** Nodes with these labels hold the data even without an instance. */
  void nodeSelector(Map<String, String> labels) {
    settings(
        s ->
            new ChannelSettings(
                    s.versionScheme(),
                    s.retainReleases(),
                    s.retainOnNode(),
                    s.maxUnavailable(),
                    Optional.of(labels),
                    s.progressDeadline())
                .over(s));
  }

  public void maxUnavailable(String limit) {
    settings(
        s ->
            new ChannelSettings(
                    s.versionScheme(),
                    s.retainReleases(),
                    s.retainOnNode(),
                    Optional.of(MaxUnavailable.parse(limit)),
                    s.nodeSelector(),
                    s.progressDeadline())
                .over(s));
  }

  public Release publish(ReleaseDataset... datasets) {
    return publish(CHANNEL, datasets);
  }

  public Release publish(ChannelId id, ReleaseDataset... datasets) {
    var release = draft(id, datasets);
    channels.update(id, c -> c.append(release, Optional.empty()));
    return release;
  }

  /** What a publish would make. */
  public Release draft(ChannelId id, ReleaseDataset... datasets) {
    long sequence = channels.require(id).channel().lastSequence() + 1;
    return new Release(
        id,
        sequence,
        ReleaseVersion.of("2026-11-08T09-00-%02d".formatted(sequence)),
        clock.instant(),
        List.of(datasets));
  }

  public Channel channel() {
    return channels.require(CHANNEL).channel();
  }

  public ChannelStatus status() {
    return new StatusReader(channels, viewpoint, plans).status(CHANNEL);
  }

  public Explainer explainer() {
    return new Explainer(channels, viewpoint, plans);
  }

  public Foresight foresight() {
    return new Foresight(viewpoint, plans, speed);
  }

  public RolloutPhase phase() {
    return status().rollout().phase();
  }

  public boolean allOn(Release release) {
    return instances.values().stream().filter(i -> i.alive).allMatch(i -> i.isOn(release.ref()));
  }

  /** Steps until the condition holds; false when it does not within the steps. */
  public boolean within(int steps, BooleanSupplier condition) {
    for (int i = 0; i < steps; i++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      step();
    }
    return condition.getAsBoolean();
  }

  public void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  public void step() {
    clock.pass(Duration.ofSeconds(1));
    beforeSteps.forEach(Runnable::run);
    nodes.values().stream().filter(n -> n.alive).forEach(this::report);
    instances.values().stream().filter(i -> i.alive).forEach(this::report);
    reconciler.tick();
    nodes.values().stream()
        .filter(n -> n.alive)
        .forEach(n -> n.obey(board.awaitNode(n.name, 0, Duration.ZERO)));
    instances.values().stream()
        .filter(i -> i.alive)
        .forEach(i -> i.obey(board.awaitInstance(i.id, 0, Duration.ZERO)));
    checks.forEach(Runnable::run);
  }

  private void report(SimulatedNode node) {
    try {
      cluster.node(node.name, node.report());
    } catch (HydraException unknown) {
      registrations.registerNode(
          new NodeRegistration(node.name, Map.of("rack", "a"), "/data", "1"));
      cluster.node(node.name, node.report());
    }
  }

  private void report(SimulatedInstance instance) {
    try {
      cluster.instance(instance.id, instance.report());
    } catch (HydraException unknown) {
      registrations.registerInstance(
          new InstanceRegistration(
              instance.id,
              Objects.requireNonNull(homes.get(instance.id.value())),
              instance.node.name));
      cluster.instance(instance.id, instance.report());
    }
  }

  public static ReleaseDataset onDisk(String name, String content) {
    return dataset(name, content, Placement.DISK, 100);
  }

  public static ReleaseDataset onDisk(String name, String content, long bytes) {
    return dataset(name, content, Placement.DISK, bytes);
  }

  public static ReleaseDataset inRam(String name, String content, long bytes) {
    return dataset(name, content, Placement.RAM, bytes);
  }

  private static ReleaseDataset dataset(
      String name, String content, Placement placement, long bytes) {
    return new ReleaseDataset(
        DatasetName.of(name),
        "s3://bucket/" + content + "/",
        Optional.empty(),
        placement,
        Digest.sha256(content.getBytes(StandardCharsets.UTF_8)),
        bytes,
        1);
  }
}
