package io.hydra.testing.bench;

import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.Landscape;
import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Channels and agents become more, step by step, and at each step it is measured. */
final class AgentsRun implements AutoCloseable {
  private static final int WARM_UP = 300;
  private static final int GOAL_MILLIS = 1000;
  private static final int GOAL_MILLIS_FOR_MORE = 2000;

  private final AgentsOptions options;
  private final AgentsRows rows;
  private final AgentsMeasures measures;
  private final FleetManager manager;
  private final Fleet fleet;
  private final FleetPublisher publisher;
  private final Population population;
  private final PublishTimes times;
  private final Progress progress;
  private final ConsulPeer peer;
  private final Path directory;
  private final long openFiles;
  private final Thread atExit = new Thread(this::endPrograms, "end-programs");

  AgentsRun(
      AgentsOptions options, AgentsRows rows, Progress progress, Path directory, long openFiles)
      throws IOException {
    this.options = options;
    this.rows = rows;
    this.progress = progress;
    this.directory = directory;
    this.openFiles = openFiles;
    measures = new AgentsMeasures(options);
    var landscape = new Landscape(options.channels(), constantChannels());
    manager = new FleetManager(options.build(), options.heap(), directory.resolve("manager"));
    int connections = (int) Math.min(Integer.MAX_VALUE, openFiles - AgentsOptions.SPARE_FILES);
    fleet = new Fleet(manager.address(), landscape, connections);
    publisher = new FleetPublisher(manager.client(), fleet);
    population = new Population(manager, fleet, publisher, progress);
    times = new PublishTimes(publisher, landscape, population, options.publishes(), progress);
    peer = new ConsulPeer(rows, directory.resolve("consul"));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  Side side() {
    return manager.side();
  }

  void measure() throws InterruptedException {
    int agents = options.agents();
    var scale = measures.scale(agents, GOAL_MILLIS);
    var larger = measures.scale(options.moreAgents(), GOAL_MILLIS_FOR_MORE);
    announce(scale, larger);
    if (rows.attempt(everything(), this::begin) && curves()) {
      scale(scale, agents, options.peer());
      newLeader();
      larger(larger);
    }
    growth();
  }

  /** Each step stands on the one before. */
  private boolean curves() throws InterruptedException {
    int agents = options.agents();
    int all = options.channels();
    curve(firstAgents(), all / 10);
    if (!rows.attempt(everything(), () -> population.grow(agents))) {
      return false;
    }
    curve(agents, all / 10);
    for (int count : new int[] {all * 3 / 10, all}) {
      if (!rows.attempt(everything(), () -> population.create(count))) {
        return false;
      }
      curve(agents, count);
    }
    return true;
  }

  /** A fifth of them. */
  private int firstAgents() {
    return Math.max(options.agents() / Landscape.GROUP / 5, 1) * Landscape.GROUP;
  }

  /** Those of the first step, in pools that have nodes from then on. */
  private int constantChannels() {
    return Math.min(
        options.channels() / 10, firstAgents() / Landscape.GROUP * Landscape.CHANNELS_OF_A_POOL);
  }

  private void announce(AgentsMeasures.Scale scale, AgentsMeasures.Scale larger) {
    scale.all().forEach(rows::announce);
    if (options.peer()) {
      scale.withPeer().forEach(measure -> rows.announce(measure, AgentsMeasures.CONSUL));
    }
    rows.announce(measures.newLeader());
    larger.all().forEach(rows::announce);
    rows.announce(measures.channelGrowth());
    rows.announce(measures.agentGrowth());
  }

  private List<Measure> everything() {
    var all = new ArrayList<>(measures.scale(options.agents(), GOAL_MILLIS).all());
    all.addAll(measures.scale(options.moreAgents(), GOAL_MILLIS_FOR_MORE).all());
    all.addAll(List.of(measures.newLeader(), measures.channelGrowth(), measures.agentGrowth()));
    return all;
  }

  private void begin() throws Exception {
    progress.say("starting the manager (%s)".formatted(manager.side().title()));
    manager.start();
    population.create(Landscape.EVERYWHERE, Landscape.everywhere());
    population.create(options.channels() / 10);
    progress.say("warming up: %d publishes".formatted(WARM_UP));
    publishQuickly(WARM_UP);
    population.grow(firstAgents());
  }

  private void curve(int agents, int ofChannels) throws InterruptedException {
    var cost = measures.cost(agents, ofChannels);
    var quick = measures.quick(agents, ofChannels);
    rows.attempt(
        List.of(cost, quick),
        () -> {
          progress.say("cost of a publish: %,d agents, %,d channels".formatted(agents, ofChannels));
          var found = new PublishCost(manager.use(), times::toConstantPool).measure();
          rows.put(cost, found.processorMillis());
          rows.put(quick, found.times().median());
          population.tellFailures();
        });
  }

  private void publishQuickly(int count) {
    for (int i = 0; i < count; i++) {
      publisher.publish(Landscape.channel(i % population.channels()));
    }
  }

  private void scale(AgentsMeasures.Scale scale, int agents, boolean withPeer)
      throws InterruptedException {
    if (withPeer) {
      peer.start(scale, agents, openFiles, fleet);
    }
    new ScaleRun(scale, agents, manager, peer, times, rows, progress).measure();
    peer.end(scale);
    population.tellFailures();
  }

  private void newLeader() throws InterruptedException {
    rows.attempt(
        List.of(measures.newLeaderAnswers(), measures.newLeader(), measures.newLeaderSettled()),
        () -> {
          var found = new NewLeader(manager, fleet, publisher, population, progress).measure();
          rows.put(measures.newLeaderAnswers(), found.answers());
          rows.put(measures.newLeader(), found.heard());
          rows.put(measures.newLeaderSettled(), found.settled());
        });
  }

  private void larger(AgentsMeasures.Scale larger) throws InterruptedException {
    int agents = options.moreAgents();
    if (openFiles < agents + AgentsOptions.SPARE_FILES) {
      rows.missing(larger.all(), "only %d files may be open (ulimit -n)".formatted(openFiles));
      return;
    }
    rows.attempt(larger.all(), () -> population.grow(agents));
    progress.say("connections for reports: %,d".formatted(fleet.reportConnections()));
    curve(agents, population.channels());
    scale(larger, agents, false);
  }

  private void growth() {
    ratio(
        measures.channelGrowth(),
        measures.cost(options.agents(), options.channels()),
        measures.cost(options.agents(), options.channels() / 10));
    ratio(
        measures.agentGrowth(),
        measures.cost(options.moreAgents(), options.channels()),
        measures.cost(options.agents(), options.channels()));
  }

  private void ratio(Measure measure, Measure of, Measure by) {
    var large = rows.of(of);
    var small = rows.of(by).filter(cost -> cost > 0);
    if (large.isEmpty() || small.isEmpty()) {
      rows.missing(List.of(measure), "one of the two is missing");
      return;
    }
    rows.put(measure, large.get() / small.get());
  }

  private void endPrograms() {
    progress.end();
    manager.close();
    peer.close();
    try {
      new StageDirectory(directory).discard();
    } catch (IOException e) {
      System.err.println("cannot remove " + directory + ": " + e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException endingAlready) {
      return;
    }
    fleet.close();
    endPrograms();
  }
}
