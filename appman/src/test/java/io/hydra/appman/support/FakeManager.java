package io.hydra.appman.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Problem;
import io.hydra.wire.Connection;
import io.hydra.wire.Grant;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A manager that grants what the test says and keeps what it is told. */
public final class FakeManager implements AutoCloseable {
  private final ObjectMapper json = HydraJson.mapper();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<InstanceReport> reports = new CopyOnWriteArrayList<>();
  private final FakeServer server = new FakeServer(this::answer);
  private volatile Consumer<InstanceReport> onReport = report -> {};
  private volatile Consumer<InstanceDesired> onOrder = order -> {};
  private volatile boolean registered;
  private volatile Optional<String> demanded = Optional.empty();
  private InstanceDesired desired = new InstanceDesired(1, Optional.empty());
  private final AtomicLong epoch = new AtomicLong(1);

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Grants the release, under a new epoch. */
  public void grant(ReleaseSet release) {
    grant(release, false);
  }

  public void grant(ReleaseSet release, boolean letGo) {
    long next = epoch.incrementAndGet();
    order(
        new InstanceDesired(
            next, Optional.of(new Grant(next, release.ref(), release.datasets(), letGo))));
  }

  /** Sends any order, whatever its epoch. */
  public void order(InstanceDesired order) {
    lock.lock();
    try {
      desired = order;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Called for each report, on the thread that brings it. */
  public void onReport(Consumer<InstanceReport> listener) {
    onReport = listener;
  }

  /** Called for each order before it is answered. */
  public void onOrder(Consumer<InstanceDesired> listener) {
    onOrder = listener;
  }

  public List<InstanceReport> reports() {
    return List.copyOf(reports);
  }

  public Optional<InstanceReport> lastReport() {
    return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
  }

  public boolean isRegistered() {
    return registered;
  }

  /** Loses its notes of who is registered. */
  public void forget() {
    lock.lock();
    try {
      registered = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Not to be reached until {@link #start}. */
  public void stop() {
    server.stop();
  }

  public void start() {
    server.start();
  }

  /** From now on only calls with that token are taken. */
  public void demand(String token) {
    demanded = Optional.of(token);
  }

  private void refuseOthers(String token) {
    if (demanded.filter(wanted -> !wanted.equals(token)).isPresent()) {
      throw new HydraException(ErrorCode.UNAUTHENTICATED, "the fake manager knows nobody so");
    }
  }

  private FakeServer.Answer answer(String method, URI uri, String token, byte[] body)
      throws Exception {
    try {
      refuseOthers(token);
      var parts = uri.getPath().split("/");
      if (parts.length == 5 && method.equals("PUT")) {
        return register(json.readValue(body, InstanceRegistration.class));
      }
      refuseUnlessRegistered();
      return switch (uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1)) {
        case "report" -> report(json.readValue(body, InstanceReport.class));
        case "desired" -> desired(uri.getQuery());
        default -> throw new HydraException(ErrorCode.NOT_FOUND, "no " + uri);
      };
    } catch (HydraException e) {
      return new FakeServer.Answer(
          e.code().status(), Problem.MEDIA_TYPE, json.writeValueAsString(e.toProblem()));
    }
  }

  private FakeServer.Answer register(InstanceRegistration registration)
      throws JsonProcessingException {
    registered = true;
    return ok(
        new InstanceView(
            registration,
            Connection.EXPECTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void refuseUnlessRegistered() {
    if (!registered) {
      throw new HydraException(ErrorCode.UNKNOWN_INSTANCE, "no such instance");
    }
  }

  private FakeServer.Answer report(InstanceReport report) {
    reports.add(report);
    onReport.accept(report);
    return new FakeServer.Answer(204, "application/json", "");
  }

  private FakeServer.Answer desired(String query) throws Exception {
    long since = Long.parseLong(query.replaceAll(".*since=(\\d+).*", "$1"));
    lock.lock();
    try {
      long seconds = Long.parseLong(query.replaceAll(".*wait=(\\d+)s.*", "$1"));
      long left = TimeUnit.SECONDS.toNanos(seconds);
      while (desired.epoch() <= since && left > 0 && registered) {
        left = changed.awaitNanos(left);
      }
      refuseUnlessRegistered();
      onOrder.accept(desired);
      return ok(desired);
    } finally {
      lock.unlock();
    }
  }

  private FakeServer.Answer ok(Object body) throws JsonProcessingException {
    var text = json.writeValueAsString(body);
    return new FakeServer.Answer(200, "application/json", text);
  }

  @Override
  public void close() {
    server.close();
  }
}
