package io.hydra.manager.lead;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.StoreConfig;
import io.hydra.manager.lead.Standing.Following;
import io.hydra.manager.lead.Standing.Leading;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.Fence;
import io.hydra.manager.store.Unfenced;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * This manager's lead: begins and ends what belongs to one. On a store that no other manager
 * shares, it lasts from the start to the stop.
 */
@ApplicationScoped
public class Lead implements Fence {
  private static final Logger LOG = Logger.getLogger(Lead.class);

  /** Of a lead that nobody else can take. */
  private static final long ALONE = 1;

  private static final long NONE = 0;

  private final ChannelStore store;
  private final boolean isShared;
  private final LeadConfig config;
  private final Addresses addresses;
  private final LeadBeans beans;
  private final Event<LeadWanted> wanted;
  private final Event<LeadBegan> began;
  private final Event<LeadEnded> ended;
  private volatile Optional<Election> election = Optional.empty();

  /** The fence of the lead that is under way, or begins. */
  private volatile long led = NONE;

  private volatile boolean begun;
  private volatile boolean stopped;
  private volatile Optional<Thread> voter = Optional.empty();
  private final ExecutorService changes =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("lead").daemon().factory());

  Lead(
      @Unfenced ChannelStore store,
      StoreConfig kind,
      LeadConfig config,
      Addresses addresses,
      LeadBeans beans,
      Event<LeadWanted> wanted,
      Event<LeadBegan> began,
      Event<LeadEnded> ended,
      MeterRegistry meters) {
    this.store = store;
    this.isShared = kind.type() == StoreConfig.Type.CONSUL;
    this.config = config;
    this.addresses = addresses;
    this.beans = beans;
    this.wanted = wanted;
    this.began = began;
    this.ended = ended;
    Gauge.builder("hydra.leads", () -> isProven() ? 1 : 0).register(meters);
  }

  /** After all that reads the state has begun, and before the first request is taken. */
  void start(@Observes @Priority(StartOrder.LEAD) StartupEvent event) {
    CleanStart.run(
        () -> {
          wanted.fire(new LeadWanted());
          if (isShared) {
            campaign();
          } else {
            begin(ALONE);
          }
        });
    // Quarkus waits for requests in hand before it tells of the shutdown: others need not wait.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "end-of-lead"));
  }

  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  /**
   * Whether certainly no other manager leads. Only then is planned, and are orders given: agents
   * that have not heard of a new leader would obey.
   */
  public boolean isProven() {
    return begun && election.map(known -> isMine(known) && known.isProven()).orElse(true);
  }

  /**
   * Whether this manager has the lead, as far as it knows, and all that belongs to it has begun.
   */
  public boolean isUnderWay() {
    return begun;
  }

  /**
   * Whether it has the lead as far as it knows, and another manager may have it by now. It goes on
   * listening, and knows all when its lead is proven again; but whoever calls may find the other.
   */
  public boolean isUnsure() {
    return begun && !isProven();
  }

  private boolean isMine(Election known) {
    return known.standing() instanceof Leading(long fence, long _) && fence == led;
  }

  /** Where the leader is, when it is another manager. */
  public Optional<URI> leader() {
    return election
        .map(Election::standing)
        .filter(Following.class::isInstance)
        .flatMap(standing -> ((Following) standing).leader())
        .map(Candidate::url);
  }

  /**
   * An answer that only the leader may give, made while it certainly leads.
   *
   * @throws HydraException {@code UNAVAILABLE}
   */
  public <T> T proven(Supplier<T> answer) {
    requireProven();
    var made = answer.get();
    // It may have taken long, or the process have been paused.
    requireProven();
    return made;
  }

  private void requireProven() {
    if (!isProven()) {
      throw new HydraException(
          ErrorCode.UNAVAILABLE, "this manager cannot be sure to lead; ask again");
    }
  }

  @Override
  public Optional<Operation.Check> check() {
    if (election.isEmpty()) {
      return Optional.empty();
    }
    long fence = led;
    if (election.filter(this::isMine).isPresent()) {
      return Optional.of(new Operation.Check(Election.LEADER, fence));
    }
    throw new HydraException(ErrorCode.UNAVAILABLE, "this manager does not lead");
  }

  @Override
  public void broken(Operation.Check check) {
    election.ifPresent(known -> known.depose(check.expected()));
    voter.ifPresent(LockSupport::unpark);
  }

  /** The first step is taken at once, so that a manager alone leads when it answers. */
  private void campaign() {
    var self = Candidate.at(addresses.own(), config.lease());
    var known = new Election(store, self, System::nanoTime);
    election = Optional.of(known);
    LOG.infof("may lead as %s url=%s", self.id(), self.url());
    store.onRestored(() -> later(() -> beginAnew(known)));
    known.step();
    follow(known);
    voter = Optional.of(Thread.ofPlatform().name("vote").daemon().start(() -> vote(known)));
  }

  /** On a thread of its own: what begins a lead may take longer than a beat may wait. */
  private void vote(Election known) {
    while (!stopped) {
      LockSupport.parkNanos(known.pause().toNanos());
      try {
        known.step();
        later(() -> follow(known));
      } catch (RuntimeException e) {
        LOG.error("a step of the election failed; the next one follows", e);
      }
    }
  }

  private void later(Runnable change) {
    try {
      changes.execute(change);
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager stops", e);
    }
  }

  /** What it knows is not what is stored any more. */
  private synchronized void beginAnew(Election known) {
    if (stopped || led == NONE) {
      return;
    }
    LOG.warn("ends its lead: the state is not the one that it was begun with");
    end();
    known.resign();
  }

  /** Begins or ends a lead as it was won or lost meanwhile. */
  private synchronized void follow(Election known) {
    if (stopped) {
      return;
    }
    long won = known.standing() instanceof Leading(long fence, long _) ? fence : NONE;
    if (won == led) {
      return;
    }
    if (led != NONE) {
      LOG.warn("lost the lead");
      end();
    }
    if (won != NONE) {
      tryToBegin(known, won);
    }
  }

  /** One that cannot begin lets another one try. */
  private void tryToBegin(Election known, long fence) {
    try {
      begin(fence);
    } catch (RuntimeException e) {
      LOG.error("cannot begin to lead", e);
      end();
      known.resign();
    }
  }

  private void begin(long fence) {
    led = fence;
    beans.renew();
    if (isShared) {
      store.catchUp();
    }
    began.fire(new LeadBegan());
    begun = true;
  }

  private void end() {
    begun = false;
    led = NONE;
    ended.fire(new LeadEnded());
    beans.renew();
  }

  /** Hands the lead over. */
  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    begun = false;
    ended.fire(new LeadEnded());
    election.ifPresent(Election::retire);
    changes.shutdown();
  }
}
