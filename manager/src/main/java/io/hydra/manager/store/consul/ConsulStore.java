package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.StoreConfig;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.Limits;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jboss.logging.Logger;

/**
 * State in Consul's key-value store. Every commit is one transaction, which also writes the {@link
 * ChangeLog}; reads ask Consul's leader to make sure that it still leads ({@code ?consistent}).
 */
public final class ConsulStore implements ChannelStore {
  private static final Logger LOG = Logger.getLogger(ConsulStore.class);

  /** Operations that a transaction may hold. */
  private static final int MOST_READS = 64;

  private final ConsulClient client;
  private final KeySpace space;
  private final ChangeFeed feed;
  private final long patienceMillis;

  /** Held from reading the log to writing it: others of this process would only fail on it. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private Optional<LogEntry> log;
  private volatile boolean closed;

  /**
   * @param revision of the key; 0 where there is none
   */
  record LogEntry(ChangeLog log, long revision) {
    boolean isNone() {
      return revision == 0;
    }
  }

  private ConsulStore(StoreConfig.Consul config, ConsulClient client) {
    this.client = client;
    this.space = new KeySpace(config.prefix());
    this.patienceMillis = config.timeout().toMillis();
    this.log = Optional.of(readLog());
    this.feed = new ChangeFeed(client, space, log.get(), this::keys, patienceMillis);
    LOG.infof("keeps state in Consul url=%s prefix=%s", config.url(), config.prefix());
  }

  private ConsulStore(ConsulStore same, ConsulClient client) {
    this.client = client;
    this.space = same.space;
    this.patienceMillis = same.patienceMillis;
    this.log = Optional.empty();
    this.feed = same.feed;
  }

  /**
   * @throws HydraException {@code UNAVAILABLE} where Consul cannot be reached or refuses the token
   */
  public static ConsulStore open(StoreConfig.Consul config, Vertx vertx) {
    var client = new ConsulClient(config, vertx);
    try {
      return new ConsulStore(config, client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  @Override
  public Optional<Entry> get(String key) {
    return space.single(read(KeySpace.path(space.name(key)) + "?consistent"));
  }

  /** In transactions that only read, each of as many keys as the oldest servers take. */
  @Override
  public Map<String, Entry> get(Collection<String> keys) {
    return keys.stream()
        .distinct()
        .gather(Gatherers.windowFixed(MOST_READS))
        .flatMap(some -> getTogether(some).stream())
        .collect(Collectors.toMap(Entry::key, Function.identity()));
  }

  private List<Entry> getTogether(List<String> keys) {
    requireOpen();
    var answer =
        client.put(
            "/v1/txn?consistent", Transaction.reading(keys.stream().map(space::name).toList()));
    if (answer.status() != 200) {
      throw client.unavailable("refuses to be read: " + answer.body().path("Errors"));
    }
    return space.found(answer.body().path("Results"));
  }

  @Override
  public List<Entry> list(String prefix) {
    return space.entries(read(KeySpace.path(space.name(prefix)) + "?recurse&consistent"));
  }

  @Override
  public List<String> keys(String prefix) {
    return space.keys(read(KeySpace.path(space.name(prefix)) + "?keys&consistent"));
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    Limits.check(operations);
    requireOpen();
    boolean isTold = operations.stream().anyMatch(ConsulStore::isTold);
    return isTold ? inTurn(() -> commitAndTell(operations)) : commitUntold(operations);
  }

  @Override
  public Watch watch(String prefix, Consumer<Set<String>> listener) {
    return feed.watch(prefix, listener);
  }

  @Override
  public void catchUp() {
    feed.catchUp();
  }

  @Override
  public void onRestored(Runnable listener) {
    feed.onRestored(listener);
  }

  @Override
  public ChannelStore within(Duration limit) {
    return new ConsulStore(this, client.within(limit));
  }

  @Override
  public boolean isConnected() {
    return feed.isConnected();
  }

  @Override
  public void close() {
    closed = true;
    feed.close();
    client.close();
  }

  private static boolean isTold(Operation operation) {
    return UNWATCHED.stream().noneMatch(operation.key()::startsWith);
  }

  private Outcome commitUntold(List<Operation> operations) {
    var transaction = transaction(operations);
    var answer = client.put("/v1/txn", transaction.body());
    return answer.status() == 200
        ? new Outcome.Committed(transaction.revision(answer.body()))
        : conflict(transaction, answer.body());
  }

  /**
   * Goes round again where nothing but the log was not as expected: another process has written.
   */
  private Outcome commitAndTell(List<Operation> operations) {
    while (true) {
      var before = log.orElseGet(this::readLogAndNote);
      // Unknown until Consul has answered.
      log = Optional.empty();
      var transaction = transaction(operations);
      var after =
          before
              .log()
              .with(operations.stream().filter(ConsulStore::isChange).map(Operation::key).toList());
      transaction.add(
          new Operation.PutIf(space.log(), after.bytes(), before.revision()), space.log());
      var answer = client.put("/v1/txn", transaction.body());
      if (answer.status() == 200) {
        long revision = transaction.revision(answer.body());
        log = Optional.of(new LogEntry(after, revision));
        return new Outcome.Committed(revision);
      }
      var outcome = conflict(transaction, answer.body());
      if (!outcome.key().equals(space.log())) {
        return outcome;
      }
    }
  }

  private static boolean isChange(Operation operation) {
    return !(operation instanceof Operation.Check) && isTold(operation);
  }

  private Transaction transaction(List<Operation> operations) {
    var transaction = new Transaction(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    operations.forEach(operation -> transaction.add(operation, space.name(operation.key())));
    return transaction;
  }

  private Outcome.Conflict conflict(Transaction transaction, JsonNode answer) {
    return transaction
        .conflict(answer)
        .map(Outcome.Conflict::new)
        .orElseThrow(() -> client.unavailable("refuses a transaction: " + answer.path("Errors")));
  }

  private <T> T inTurn(Supplier<T> work) {
    boolean mine;
    try {
      mine = turn.tryLock(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      mine = false;
    }
    if (!mine) {
      throw client.unavailable("is slow: earlier writes have not ended");
    }
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private LogEntry readLog() {
    return ChangeFeed.logIn(client.get(KeySpace.path(space.log()) + "?consistent"), space);
  }

  /** So that it is noticed where what this store knew of it is no more. */
  private LogEntry readLogAndNote() {
    var read = readLog();
    feed.note(read);
    return read;
  }

  private JsonNode read(String path) {
    requireOpen();
    return client.get(path).body();
  }

  private void requireOpen() {
    if (closed) {
      throw new HydraException(ErrorCode.UNAVAILABLE, "the store is closed");
    }
  }
}
