package io.hydra.manager.packaged;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.manager.reconcile.SimulatedInstance;
import io.hydra.manager.reconcile.SimulatedNode;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeDesired;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A node and instances of one channel on it, that ask managers for orders and obey them as agents
 * do: one of them at a time may be out of service by order, whoever leads.
 */
final class PlayedConsumers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  /** Older than any order, so that what was ordered before goes on. */
  private static final InstanceDesired NOTHING_NEW = new InstanceDesired(0, Optional.empty());

  private static final NodeDesired NOTHING_TO_HOLD =
      new NodeDesired(0, false, List.of(), List.of(), List.of());

  private final Managers managers;
  private final String channel;
  private final Random random;
  private final ObjectMapper json = HydraJson.mapper();
  private final OrdersHeard orders = new OrdersHeard();
  private final SimulatedNode node = new SimulatedNode("played", Optional.empty());
  private final List<SimulatedInstance> instances;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> players = new ArrayList<>();
  private volatile Optional<String> violation = Optional.empty();
  private volatile boolean over;

  /**
   * @param channel its id
   */
  PlayedConsumers(Managers managers, String channel, int count, Random random) {
    this.managers = managers;
    this.channel = channel;
    this.random = random;
    this.instances =
        IntStream.range(0, count)
            .mapToObj(i -> new SimulatedInstance("played-" + i, node))
            .toList();
  }

  void begin() {
    players.add(threads.submit(this::playNode));
    instances.forEach(instance -> players.add(threads.submit(() -> play(instance))));
  }

  /** What was seen that must not be. */
  Optional<String> violation() {
    return violation
        .or(orders::violation)
        .or(
            () ->
                players.stream()
                    .filter(player -> player.state() == Future.State.FAILED)
                    .map(player -> player.exceptionNow().toString())
                    .findFirst());
  }

  int leadersHeard() {
    return orders.leaders();
  }

  synchronized int moves() {
    return instances.stream().mapToInt(instance -> instance.moves).sum();
  }

  synchronized boolean all(Predicate<SimulatedInstance> condition) {
    return instances.stream().allMatch(condition);
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }

  private void playNode() {
    var path = "/api/v1/nodes/played";
    var registration =
        "{\"name\": \"played\", \"labels\": {}, \"dataRoot\": \"/data\", \"agentVersion\": \"1\"}";
    while (!over) {
      obey(
          ask("node", path, registration, desired(path, node.desired().epoch(), "100ms"))
              .map(body -> read(body, NodeDesired.class))
              .orElse(NOTHING_TO_HOLD));
      tell(path, nodeReport());
      rest();
    }
  }

  private void play(SimulatedInstance instance) {
    var id = instance.id();
    var path = "/api/v1/instances/" + id;
    var registration =
        "{\"id\": \"%s\", \"channel\": \"%s\", \"node\": \"played\"}".formatted(id, channel);
    while (!over) {
      var wait = isSettled(instance) ? "500ms" : "0s";
      obey(
          instance,
          ask(id, path, registration, desired(path, instance.epoch(), wait))
              .map(body -> read(body, InstanceDesired.class))
              .orElse(NOTHING_NEW));
      tell(path, report(instance));
      rest();
    }
  }

  private synchronized boolean isSettled(SimulatedInstance instance) {
    return instance.state == InstanceState.SERVING;
  }

  private synchronized void obey(NodeDesired order) {
    node.obey(order);
  }

  private synchronized void obey(SimulatedInstance instance, InstanceDesired order) {
    instance.obey(order);
    var out = instances.stream().filter(SimulatedInstance::isOutByOrder).toList();
    if (out.size() > 1) {
      violation =
          Optional.of(
              "%d instances are out of service, the last by %s".formatted(out.size(), order));
    }
  }

  private synchronized String nodeReport() {
    return write(node.report());
  }

  private synchronized String report(SimulatedInstance instance) {
    return write(instance.report());
  }

  private static String desired(String path, long since, String wait) {
    return "%s/desired?since=%d&wait=%s".formatted(path, since, wait);
  }

  /** The body of an order. */
  private Optional<String> ask(String agent, String path, String registration, String question) {
    long asked = System.nanoTime();
    try {
      var answer = managers.get(anyManager(), question, PATIENCE);
      if (answer.statusCode() == 404) {
        managers.send(anyManager(), "PUT", path, registration, Map.of(), PATIENCE);
      }
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      var epoch = json.readTree(answer.body()).path("epoch").asLong();
      orders.heard(agent, asked, System.nanoTime(), epoch);
      return Optional.of(answer.body());
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException end) {
      over = true;
      return Optional.empty();
    }
  }

  private void tell(String path, String report) {
    try {
      managers.send(anyManager(), "POST", path + "/report", report, Map.of(), PATIENCE);
    } catch (IOException notThere) {
      // The next one says the same.
    } catch (InterruptedException end) {
      over = true;
    }
  }

  private static void rest() {
    LockSupport.parkNanos(BETWEEN.toNanos());
  }

  private <T> T read(String body, Class<T> type) {
    try {
      return json.readValue(body, type);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String write(Object report) {
    try {
      return json.writeValueAsString(report);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized int anyManager() {
    return random.nextInt(managers.count());
  }
}
