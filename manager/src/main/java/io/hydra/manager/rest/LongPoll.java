package io.hydra.manager.rest;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that waits without a thread: for news, for the end of its wait or for its caller to go
 * away, whichever comes first. There are thousands of them, and the stack of each would take
 * several KiB and the time of each collection of garbage. Lives on the request's event loop.
 */
final class LongPoll {
  private final RoutingContext request;
  private final Context loop;
  private final Runnable answer;
  private Runnable leave = () -> {};
  private boolean isOver;

  /** Tells of news. */
  interface News {
    /**
     * @param listener called back once, on any thread
     * @return takes the listener back; empty where there is news already, and nobody is called
     */
    Optional<Runnable> onNews(Runnable listener);
  }

  private LongPoll(RoutingContext request, Runnable answer) {
    this.request = request;
    this.loop = request.vertx().getOrCreateContext();
    this.answer = answer;
  }

  /**
   * @param answer run once, on the request's event loop; not where the caller has gone away
   */
  static void hold(RoutingContext request, Duration wait, News news, Runnable answer) {
    new LongPoll(request, answer).begin(wait, news);
  }

  private void begin(Duration wait, News news) {
    var unsubscribe = news.onNews(() -> loop.runOnContext(_ -> answer()));
    if (unsubscribe.isEmpty()) {
      answer();
      return;
    }
    var vertx = request.vertx();
    long timer = vertx.setTimer(Math.max(1, wait.toMillis()), _ -> answer());
    leave =
        () -> {
          vertx.cancelTimer(timer);
          unsubscribe.get().run();
        };
    request.response().closeHandler(_ -> end());
    if (request.response().closed()) {
      end();
    }
  }

  private void answer() {
    if (!isOver) {
      end();
      answer.run();
    }
  }

  private void end() {
    isOver = true;
    leave.run();
  }
}
