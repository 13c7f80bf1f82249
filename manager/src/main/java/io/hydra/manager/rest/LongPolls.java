package io.hydra.manager.rest;

import io.hydra.manager.reconcile.DesiredBoard;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Has agents wait for their orders without a thread: there are thousands of them, and the stack of
 * each would take several KiB and the time of each collection of garbage. Who calls is known by
 * then; the resource answers when there is news or the wait is over.
 */
@Provider
@Priority(LongPolls.AFTER_IDENTITY)
class LongPolls implements ResteasyReactiveContainerRequestFilter {
  static final int AFTER_IDENTITY = Priorities.USER + 100;

  private final DesiredBoard board;
  private final Patience patience;

  /** Looked up late: the filter is made before there is one. */
  private final Instance<Vertx> vertx;

  LongPolls(DesiredBoard board, Patience patience, Instance<Vertx> vertx) {
    this.board = board;
    this.patience = patience;
    this.vertx = vertx;
  }

  @Override
  public void filter(ResteasyReactiveContainerRequestContext request) {
    var uri = request.getUriInfo();
    if (!uri.getPath().endsWith("/desired") || !isOfAnAgent(uri.getPathParameters())) {
      return;
    }
    var query = uri.getQueryParameters();
    var wait = Optional.ofNullable(query.getFirst("wait")).map(WaitTime::parse);
    if (wait.filter(Duration::isPositive).isEmpty()) {
      return;
    }
    since(query.getFirst("since"))
        .ifPresent(since -> hold(request, uri.getPathParameters(), since, wait.get()));
  }

  /** Other things may be called {@code desired}, too. */
  private static boolean isOfAnAgent(MultivaluedMap<String, String> path) {
    return path.containsKey("node") || path.containsKey("instance");
  }

  /** Of a number that is none, the resource tells. */
  private static Optional<Long> since(@Nullable String text) {
    try {
      return Optional.of(text == null ? 0L : Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void hold(
      ResteasyReactiveContainerRequestContext request,
      MultivaluedMap<String, String> path,
      long since,
      Duration wait) {
    var held = new Held(request);
    var leave =
        path.containsKey("node")
            ? board.onNews(new NodeName(path.getFirst("node")), since, held)
            : board.onNews(new InstanceId(path.getFirst("instance")), since, held);
    if (leave.isEmpty()) {
      return;
    }
    patience.hasWaited();
    request.suspend();
    held.waitFor(vertx.get(), wait, leave.get());
  }

  /**
   * One that waits: for news, for the end of its wait or for its caller to go away, whichever comes
   * first. The answer to one who is gone goes nowhere, but ends the request.
   */
  private static final class Held implements Runnable {
    private final ResteasyReactiveContainerRequestContext request;
    private final AtomicBoolean released = new AtomicBoolean();

    /** News may come, and the caller go, before it has been laid aside. */
    private final AtomicBoolean isAside = new AtomicBoolean();

    private volatile Runnable stop = () -> {};

    Held(ResteasyReactiveContainerRequestContext request) {
      this.request = request;
    }

    void waitFor(Vertx vertx, Duration wait, Runnable leave) {
      long timer = vertx.setTimer(Math.max(1, wait.toMillis()), _ -> release(leave));
      stop = () -> vertx.cancelTimer(timer);
      var response = request.getServerRequestContext().serverResponse();
      response.addCloseHandler(() -> release(leave));
      if (response.closed()) {
        release(leave);
      }
      isAside.set(true);
      if (released.get()) {
        go();
      }
    }

    private void release(Runnable leave) {
      leave.run();
      run();
    }

    @Override
    public void run() {
      released.set(true);
      if (isAside.get()) {
        go();
      }
    }

    private void go() {
      if (isAside.getAndSet(false)) {
        stop.run();
        request.resume();
      }
    }
  }
}
