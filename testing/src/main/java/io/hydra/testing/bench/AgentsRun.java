package io.hydra.testing.bench;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.Landscape;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Http;
import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Channels and agents become more, step by step, and at each step it is measured. */
final class AgentsRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final int CLIENTS = 8;
  private static final int WARM_UP = 300;
  private static final int GOAL_MILLIS = 1000;
  private static final int GOAL_MILLIS_FOR_MORE = 2000;
  private static final Duration BETWEEN_PUBLISHES = Duration.ofMillis(100);

  /** Time for all nodes to fetch and report, so that publishes do not meet. */
  private static final Duration BETWEEN_EVERYWHERE = Duration.ofSeconds(3);

  private static final int EVERYWHERE_SHARE = 10;
  private static final int GRANTS_SHARE = 10;
  private static final int LEADERS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final AgentsOptions options;
  private final AgentsRows rows;
  private final AgentsMeasures measures;
  private final FleetManager manager;
  private final Fleet fleet;
  private final FleetPublisher publisher;
  private final Landscape landscape;
  private final ConsulPeer peer;
  private final Path directory;
  private final long openFiles;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Thread atExit = new Thread(this::endPrograms, "end-programs");
  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20260101);
  private int channels;

  AgentsRun(AgentsOptions options, AgentsRows rows, Path directory, long openFiles)
      throws IOException {
    this.options = options;
    this.rows = rows;
    this.directory = directory;
    this.openFiles = openFiles;
    measures = new AgentsMeasures(options);
    landscape = new Landscape(options.channels(), constantChannels());
    manager = new FleetManager(options.build(), options.heap(), directory.resolve("manager"));
    int connections = (int) Math.min(Integer.MAX_VALUE, openFiles - AgentsOptions.SPARE_FILES);
    fleet = new Fleet(manager.address(), landscape, connections);
    publisher = new FleetPublisher(manager.client(), fleet);
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
    if (attempt(everything(), this::begin) && curves()) {
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
    if (!attempt(everything(), () -> grow(agents))) {
      return false;
    }
    curve(agents, all / 10);
    for (int count : new int[] {all * 3 / 10, all}) {
      if (!attempt(everything(), () -> create(count))) {
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

  private interface Work {
    void run() throws Exception;
  }

  /** What fails is noted at what it was to measure. */
  private boolean attempt(List<Measure> wanted, Work work) throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) {
      var why = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
      System.err.println("failed: " + failed);
      rows.missing(wanted, why);
      return false;
    }
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
    say("starting the manager (%s)".formatted(manager.side().title()));
    manager.start();
    create(Landscape.EVERYWHERE, Landscape.everywhere());
    create(options.channels() / 10);
    say("warming up: %d publishes".formatted(WARM_UP));
    publishQuickly(WARM_UP);
    grow(firstAgents());
  }

  private void create(int total) throws InterruptedException, ExecutionException {
    say("making channels: %,d".formatted(total));
    var work = new ArrayList<Callable<Void>>();
    for (int i = channels; i < total; i++) {
      int index = i;
      work.add(
          () -> {
            create(Landscape.channel(index), Landscape.settings(index));
            return null;
          });
    }
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (var done : clients.invokeAll(work)) {
        done.get();
      }
    }
    channels = total;
    fleet.awaitQuiet(QUIET, PATIENCE);
  }

  private void create(ChannelId channel, ChannelSettings settings) {
    var unused = manager.client().putChannel(channel, settings);
    publisher.publish(channel);
  }

  private void grow(int agents) throws InterruptedException {
    say("registering agents: %,d".formatted(agents));
    fleet.grow(agents, PATIENCE);
    fleet.awaitQuiet(QUIET, PATIENCE);
    tellFailures();
  }

  /** What agents met with, which is none of the numbers. */
  private void tellFailures() {
    var failures = fleet.takeFailures();
    if (!failures.isEmpty()) {
      say("agents met: %s".formatted(failures));
    }
  }

  private void curve(int agents, int ofChannels) throws InterruptedException {
    var cost = measures.cost(agents, ofChannels);
    var quick = measures.quick(agents, ofChannels);
    attempt(
        List.of(cost, quick),
        () -> {
          say("cost of a publish: %,d agents, %,d channels".formatted(agents, ofChannels));
          var found = new PublishCost(manager.use(), this::publishToConstantPool).measure();
          rows.put(cost, found.processorMillis());
          rows.put(quick, found.times().median());
          tellFailures();
        });
  }

  /** In the pools whose nodes hold the same at each step. */
  private double publishToConstantPool() throws InterruptedException {
    int channel = random.nextInt(constantChannels());
    return publisher.untilTold(Landscape.channel(channel), Landscape.DOCTOS);
  }

  private int pools() {
    return options.channels() / Landscape.CHANNELS_OF_A_POOL;
  }

  private void publishQuickly(int count) {
    for (int i = 0; i < count; i++) {
      publisher.publish(Landscape.channel(i % channels));
    }
  }

  private void scale(AgentsMeasures.Scale scale, int agents, boolean withPeer)
      throws InterruptedException {
    boolean besidePeer = withPeer && peer.start(scale, agents, openFiles, fleet);
    attempt(List.of(scale.idle(), scale.resident()), () -> idle(scale, besidePeer));
    attempt(List.of(scale.median(), scale.worst()), () -> toPools(scale, agents, besidePeer));
    attempt(
        List.of(scale.everywhereMedian(), scale.everywhereWorst()),
        () -> everywhere(scale, agents, besidePeer));
    attempt(List.of(scale.granted()), () -> granted(scale, agents));
    attempt(List.of(scale.peak()), () -> rows.put(scale.peak(), manager.use().memory().peak()));
    if (besidePeer) {
      peer.end(scale);
    }
    tellFailures();
  }

  private void idle(AgentsMeasures.Scale scale, boolean besidePeer) throws Exception {
    say("nothing is published for %d s".formatted(PublishCost.WINDOW.toSeconds() * 2));
    var before = manager.use().processorTime();
    peer.beginIdle(besidePeer);
    long began = System.nanoTime();
    Thread.sleep(PublishCost.WINDOW.multipliedBy(2));
    var spent = manager.use().processorTime().minus(before);
    rows.put(scale.idle(), spent.toMillis() / ((System.nanoTime() - began) / NANOS_PER_SECOND));
    rows.put(scale.resident(), manager.use().memory().resident());
    peer.endIdle(scale, besidePeer);
  }

  private void toPools(AgentsMeasures.Scale scale, int agents, boolean besidePeer)
      throws Exception {
    say("publishing to the nodes of a pool: %d times".formatted(options.publishes()));
    var times = new ArrayList<Double>();
    while (times.size() < options.publishes()) {
      int channel = random.nextInt(channels);
      int nodes = landscape.doctosOf(channel, agents);
      if (nodes == 0) {
        continue;
      }
      times.add(publisher.untilTold(Landscape.channel(channel), nodes));
      Thread.sleep(BETWEEN_PUBLISHES);
      peer.toPool(besidePeer);
    }
    var series = new Series(times);
    rows.put(scale.median(), series.median());
    rows.put(scale.worst(), series.percentile(99));
    say("  %s".formatted(distribution(series)));
  }

  private void everywhere(AgentsMeasures.Scale scale, int agents, boolean besidePeer)
      throws Exception {
    int count = Math.max(options.publishes() / EVERYWHERE_SHARE, 1);
    say("publishing to every node: %d times".formatted(count));
    var times = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      times.add(publisher.untilTold(Landscape.EVERYWHERE, Landscape.doctos(agents)));
      Thread.sleep(BETWEEN_EVERYWHERE);
      peer.everywhere(besidePeer);
    }
    var series = new Series(times);
    rows.put(scale.everywhereMedian(), series.median());
    rows.put(scale.everywhereWorst(), series.percentile(99));
    say("  %s".formatted(distribution(series)));
  }

  private static String distribution(Series series) {
    return "median %.1f ms, 90 %% %.1f, 99 %% %.1f, most %.1f"
        .formatted(series.median(), series.percentile(90), series.percentile(99), series.most());
  }

  private void granted(AgentsMeasures.Scale scale, int agents) throws Exception {
    int count = Math.max(options.publishes() / GRANTS_SHARE, 1);
    say("publishing to channels with an instance: %d times".formatted(count));
    var times = new ArrayList<Double>();
    while (times.size() < count) {
      int channel = random.nextInt(pools()) * Landscape.CHANNELS_OF_A_POOL;
      // Of several instances one moves at a time, so that the last one's time is another thing.
      if (landscape.appMansOf(channel, agents) == 1) {
        times.add(publisher.untilGranted(Landscape.channel(channel), 1));
      }
    }
    rows.put(scale.granted(), new Series(times).median());
  }

  private void newLeader() throws InterruptedException {
    var wanted =
        List.of(measures.newLeaderAnswers(), measures.newLeader(), measures.newLeaderSettled());
    var answers = new ArrayList<Double>();
    var heard = new ArrayList<Double>();
    var settled = new ArrayList<Double>();
    attempt(
        wanted,
        () -> {
          for (int i = 0; i < LEADERS; i++) {
            say(
                "a new leader: the manager is killed and started, %d of %d"
                    .formatted(i + 1, LEADERS));
            newLeader(answers, heard, settled);
            fleet.awaitQuiet(QUIET, PATIENCE);
            fleet.takeFailures();
          }
          rows.put(measures.newLeaderAnswers(), new Series(answers).most());
          rows.put(measures.newLeader(), new Series(heard).most());
          rows.put(measures.newLeaderSettled(), new Series(settled).most());
        });
  }

  private void newLeader(List<Double> answers, List<Double> heard, List<Double> settled)
      throws InterruptedException {
    fleet.hearAnew();
    long killed = System.nanoTime();
    manager.killAndStart();
    fleet.hearAnew();
    Await.moment(
        () -> "the manager answers",
        PATIENCE,
        () ->
            Http.succeeds(manager.address().resolve("/q/health/ready"))
                ? java.util.Optional.of(true)
                : java.util.Optional.empty());
    long answered = System.nanoTime();
    Await.until("all agents are heard", PATIENCE, () -> fleet.heard() == fleet.size());
    heard.add((fleet.lastHeard() - answered) / NANOS_PER_SECOND);
    answers.add((answered - killed) / NANOS_PER_SECOND);
    Await.until("the leader gives orders", PATIENCE, () -> manager.client().info().settled());
    double toldAfter = publisher.untilTold(Landscape.EVERYWHERE, Landscape.doctos(fleet.size()));
    settled.add((System.nanoTime() - answered) / NANOS_PER_SECOND);
    say(
        "  answered after %.1f s, all heard %.1f s later; a publish then was told after %.0f ms"
            .formatted(answers.getLast(), heard.getLast(), toldAfter));
  }

  private void larger(AgentsMeasures.Scale larger) throws InterruptedException {
    int agents = options.moreAgents();
    if (openFiles < agents + AgentsOptions.SPARE_FILES) {
      rows.missing(larger.all(), "only %d files may be open (ulimit -n)".formatted(openFiles));
      return;
    }
    attempt(larger.all(), () -> grow(agents));
    say("connections for reports: %,d".formatted(fleet.reportConnections()));
    curve(agents, channels);
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

  private void say(String line) {
    if (!ending.get()) {
      System.err.println(line);
    }
  }

  private void endPrograms() {
    ending.set(true);
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
