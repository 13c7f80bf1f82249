package io.hydra.manager.watch;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadEnded;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.reconcile.Plans;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The events of the lead that is under way, for watchers. */
@ApplicationScoped
public class Events {
  /** Before anything of a lead changes a channel. */
  private static final int FIRST = 1_000;

  private final EventsConfig config;
  private final Channels channels;
  private final Plans plans;
  private final Roster roster;
  private final ObservedCluster cluster;
  private final Clock clock;
  private final AtomicInteger watchers = new AtomicInteger();
  private volatile Optional<Chronicle> chronicle = Optional.empty();
  private Optional<Thread> recorder = Optional.empty();

  Events(
      EventsConfig config,
      Channels channels,
      Plans plans,
      Roster roster,
      ObservedCluster cluster,
      Clock clock,
      MeterRegistry meters) {
    this.config = config;
    this.channels = channels;
    this.plans = plans;
    this.roster = roster;
    this.cluster = cluster;
    this.clock = clock;
    Gauge.builder("hydra.events.watchers", watchers::get).register(meters);
  }

  void start(@Observes @Priority(FIRST) LeadBegan event) {
    var opened = new Chronicle(config.kept(), new SecureRandom());
    var recording =
        new Recorder(
            Recorder.sights(channels, plans, roster, cluster), knownAtFirst(), opened, clock);
    plans.onChange(recording::touch);
    recorder = Optional.of(Thread.ofVirtual().name("recorder").start(recording::run));
    chronicle = Optional.of(opened);
  }

  private Map<ChannelId, Known> knownAtFirst() {
    return channels.all().stream()
        .map(Channels.Versioned::channel)
        .collect(Collectors.toMap(channel -> channel.id(), Known::unseen));
  }

  /** Lets watchers go, who come again where the next leader is. */
  void stop(@Observes LeadEnded event) {
    recorder.ifPresent(Thread::interrupt);
    recorder = Optional.empty();
    chronicle.ifPresent(Chronicle::close);
    chronicle = Optional.empty();
  }

  /**
   * Begins to tell of events.
   *
   * @param from the id of the last one that the watcher was told; empty where it begins
   * @param wanted which ones it is told, apart from {@code RESET}
   * @throws HydraException {@code TOO_MANY_WATCHERS}; {@code UNAVAILABLE} where this manager does
   *     not lead
   */
  public Watch watch(Optional<String> from, Predicate<ChannelEvent> wanted) {
    var current =
        chronicle.orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNAVAILABLE, "this manager does not lead any more; ask again"));
    if (watchers.incrementAndGet() > config.watchers()) {
      watchers.decrementAndGet();
      throw new HydraException(
          ErrorCode.TOO_MANY_WATCHERS,
          "%d watch already, which is as many as this manager serves".formatted(config.watchers()));
    }
    return new Watch(current, from, wanted, clock, watchers::decrementAndGet);
  }
}
