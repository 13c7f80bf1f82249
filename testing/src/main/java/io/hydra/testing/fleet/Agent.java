package io.hydra.testing.fleet;

import io.hydra.model.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One agent on the event loop, as Docto and AppMan are: it registers, follows its orders by long
 * polls on a connection of its own, and reports on another, every two seconds and after a change.
 * With an order it takes as long as a small fetch or reload would.
 */
final class Agent {
  private static final byte[] NOTHING = new byte[0];
  private static final int NOT_FOUND = 404;
  private static final Duration REPORTS = Duration.ofSeconds(2);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final int FIRST_RETRY_MILLIS = 250;
  private static final int LONGEST_RETRY_MILLIS = 10_000;
  private static final int FETCH_MILLIS = 500;
  private static final String WAIT = "&wait=30s";

  private final EventLoop loop;
  private final Role role;
  private final HttpLine polls;
  private final HttpLine reports;
  private final Witness witness;
  private long since;
  private long epoch;
  private int failures;
  private int reportFailures;
  private long lastReport;
  private boolean reportIsDue;
  private boolean reporting;
  private boolean registering;
  private boolean ended;

  /** Who is told what the agent sees. All calls come on the loop's thread. */
  interface Witness {
    /** An order has come; gives what of it was waited for. */
    Set<Digest> ordered(Role role, byte[] order);

    void registered();

    /** The manager has taken a report. */
    void heard(Agent agent);

    void failed(String what);
  }

  Agent(EventLoop loop, Role role, HttpLine polls, HttpLine reports, Witness witness) {
    this.loop = loop;
    this.role = role;
    this.polls = polls;
    this.reports = reports;
    this.witness = witness;
  }

  Role role() {
    return role;
  }

  void start() {
    register(true);
  }

  void end() {
    ended = true;
    polls.disconnect();
    reports.disconnect();
  }

  private void register(boolean first) {
    if (registering || ended) {
      return;
    }
    registering = true;
    send(
        reports,
        "PUT",
        role.path(),
        role.registration(),
        answer -> {
          registering = false;
          failures = 0;
          if (first) {
            witness.registered();
            poll();
          }
          report();
          if (first) {
            // Agents start at times of their own, and so do their two seconds.
            loop.after(anyUpTo((int) REPORTS.toMillis()), this::reportRegularly);
          }
        },
        why -> {
          registering = false;
          failures++;
          loop.after(backoff(failures), () -> register(first));
        });
  }

  private void poll() {
    if (ended) {
      return;
    }
    send(
        polls,
        "GET",
        role.path() + "/desired?since=" + since + WAIT,
        NOTHING,
        answer -> {
          failures = 0;
          boolean news = Json.epoch(answer.body()) > since;
          since = Math.max(since, Json.epoch(answer.body()));
          if (!news) {
            loop.after(LEAST_PAUSE, this::poll);
            return;
          }
          witness.ordered(role, answer.body()).forEach(role::expect);
          loop.afterReading(
              () -> {
                poll();
                take(answer.body());
              });
        },
        why -> {
          since = 0;
          failures++;
          loop.after(backoff(failures), this::poll);
        });
  }

  private void take(byte[] order) {
    if (since <= epoch) {
      return;
    }
    epoch = since;
    reportSoon();
    loop.after(
        Duration.ofMillis(FETCH_MILLIS + ThreadLocalRandom.current().nextInt(FETCH_MILLIS)),
        () -> carryOut(order));
  }

  private void carryOut(byte[] order) {
    if (ended) {
      return;
    }
    try {
      var missing = new ArrayList<>(role.take(order));
      missing.forEach(
          digest ->
              send(
                  reports,
                  "GET",
                  "/api/v1/manifests/" + digest,
                  NOTHING,
                  answer -> {},
                  why -> witness.failed("manifest: " + why)));
      role.complete();
      reportSoon();
    } catch (IOException unreadable) {
      witness.failed("order: " + unreadable.getMessage());
    }
  }

  private void reportRegularly() {
    if (ended) {
      return;
    }
    boolean isRecent = System.nanoTime() - lastReport < REPORTS.toNanos() - LEAST_PAUSE.toNanos();
    if (!isRecent && reportFailures == 0) {
      report();
    }
    loop.after(REPORTS, this::reportRegularly);
  }

  /** At most one in 200 ms. */
  private void reportSoon() {
    long pause = LEAST_PAUSE.toNanos() - (System.nanoTime() - lastReport);
    if (pause <= 0) {
      report();
      return;
    }
    if (!reportIsDue) {
      reportIsDue = true;
      loop.after(Duration.ofNanos(pause), this::report);
    }
  }

  private void report() {
    reportIsDue = false;
    if (ended || reporting) {
      return;
    }
    reporting = true;
    lastReport = System.nanoTime();
    send(
        reports,
        "POST",
        role.path() + "/report",
        role.report(epoch),
        answer -> {
          reporting = false;
          reportFailures = 0;
          witness.heard(this);
        },
        why -> {
          reporting = false;
          reportFailures++;
          loop.after(backoff(reportFailures), this::report);
        });
  }

  private void send(
      HttpLine line,
      String method,
      String path,
      byte[] body,
      Consumer<HttpAnswer> succeeded,
      Consumer<String> failed) {
    line.send(
        method,
        path,
        body,
        new HttpLine.Outcome() {
          @Override
          public void answered(HttpAnswer answer) {
            if (answer.succeeded()) {
              succeeded.accept(answer);
              return;
            }
            witness.failed("HTTP status " + answer.status());
            if (answer.status() == NOT_FOUND) {
              register(false);
            }
            failed.accept("HTTP status " + answer.status());
          }

          @Override
          public void failed(IOException why) {
            if (!ended) {
              witness.failed(Optional.ofNullable(why.getMessage()).orElse("no answer"));
              failed.accept("no answer");
            }
          }
        });
  }

  private static Duration backoff(int attempt) {
    long ceiling =
        Math.min(LONGEST_RETRY_MILLIS, (long) FIRST_RETRY_MILLIS << Math.min(attempt - 1, 10));
    return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
  }

  private static Duration anyUpTo(int millis) {
    return Duration.ofMillis(ThreadLocalRandom.current().nextInt(millis + 1));
  }
}
