package io.hydra.manager.identity;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Remembers what was said of tokens, by their hashes. While nobody can be asked, what was said last
 * holds for a time. Many calls with one token ask once.
 */
final class TokenCache {
  /** An answer that holds is worth no longer wait; its successor is taken up when it comes. */
  private static final Duration PATIENCE_WITH_AN_ANSWER = Duration.ofSeconds(2);

  private static final Duration REFUSALS = Duration.ofSeconds(5);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  /** Twice what 500 nodes and 5,000 pods show with each of their tokens renewed at once. */
  private static final int MOST_ACCEPTED = 20_000;

  /** Apart, so that nobody can push out the good ones by showing many bad ones. */
  private static final int MOST_REFUSED = 2_000;

  private static final Logger LOG = Logger.getLogger(TokenCache.class);

  private final Check check;
  private final Limits limits;
  private final Clock clock;
  private final Map<Sha256, Entry> accepted = new LinkedHashMap<>();
  private final Map<Sha256, Entry> refused = new LinkedHashMap<>();
  private final Map<Sha256, CompletableFuture<Review>> underWay = new HashMap<>();
  private boolean failing;

  /** Looks at a token. */
  interface Check {
    /**
     * @throws IOException where nobody can say
     */
    Review ask(String token) throws IOException, InterruptedException;
  }

  /**
   * @param fresh for how long an answer is not asked about again
   * @param stale for how long it holds while nobody can be asked
   */
  record Limits(Duration fresh, Duration stale) {}

  /**
   * @param again when it is asked about again
   * @param end when it does not hold any more, whatever happens
   */
  private record Entry(Review review, Instant again, Instant end) {
    Entry later(Instant next) {
      return new Entry(review, next, end);
    }
  }

  TokenCache(Check check, Limits limits, Clock clock) {
    this.check = check;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What is to be thought of the token.
   *
   * @throws HydraException {@code UNAVAILABLE} where nobody can say
   */
  Review review(String token) {
    var key = Sha256.of(token);
    Optional<Review> known;
    CompletableFuture<Review> answer;
    synchronized (this) {
      var now = clock.instant();
      var entry = find(key).filter(e -> now.isBefore(e.end()));
      if (entry.filter(e -> now.isBefore(e.again())).isPresent()) {
        return entry.get().review();
      }
      known = entry.map(Entry::review);
      answer = underWay.computeIfAbsent(key, k -> begin(k, token));
    }
    return known.isPresent() ? await(answer, known.get()) : await(answer);
  }

  /** Whose token it is, where that need not be asked (again) now. */
  synchronized Optional<Attested> known(String token) {
    var now = clock.instant();
    return Optional.ofNullable(accepted.get(Sha256.of(token)))
        .filter(entry -> now.isBefore(entry.end()) && now.isBefore(entry.again()))
        .flatMap(
            entry ->
                entry.review() instanceof Review.Accepted(var who, var _)
                    ? Optional.of(who)
                    : Optional.empty());
  }

  synchronized int size() {
    return accepted.size() + refused.size();
  }

  private Optional<Entry> find(Sha256 key) {
    return Optional.ofNullable(accepted.get(key)).or(() -> Optional.ofNullable(refused.get(key)));
  }

  private CompletableFuture<Review> begin(Sha256 key, String token) {
    var answer = new CompletableFuture<Review>();
    var unused = Thread.ofVirtual().name("token-review").start(() -> ask(key, token, answer));
    return answer;
  }

  private void ask(Sha256 key, String token, CompletableFuture<Review> answer) {
    try {
      var review = check.ask(token);
      answered(key, review);
      answer.complete(review);
    } catch (IOException | InterruptedException | RuntimeException e) {
      failed(key, e);
      answer.completeExceptionally(e);
    }
  }

  private synchronized void answered(Sha256 key, Review review) {
    underWay.remove(key);
    if (failing) {
      failing = false;
      LOG.info("tokens can be checked again");
    }
    var now = clock.instant();
    accepted.remove(key);
    refused.remove(key);
    switch (review) {
      case Review.Accepted(Attested _, Instant expires) ->
          put(
              accepted,
              MOST_ACCEPTED,
              key,
              new Entry(
                  review,
                  earlier(now.plus(limits.fresh()), expires),
                  earlier(now.plus(limits.stale()), expires)));
      case Review.Refused _ ->
          put(
              refused,
              MOST_REFUSED,
              key,
              new Entry(review, now.plus(REFUSALS), now.plus(REFUSALS)));
    }
  }

  private synchronized void failed(Sha256 key, Exception failure) {
    underWay.remove(key);
    if (!failing) {
      failing = true;
      LOG.warnf("cannot check tokens; answers of before hold for a time: %s", failure.getMessage());
    }
    var next = clock.instant().plus(AFTER_A_FAILURE);
    accepted.computeIfPresent(key, (k, entry) -> entry.later(next));
  }

  /** The oldest stand first: those that hold no more go, and those that are too many. */
  private void put(Map<Sha256, Entry> entries, int most, Sha256 key, Entry entry) {
    entries.put(key, entry);
    var now = clock.instant();
    var oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      var next = oldest.next();
      if (entries.size() <= most && now.isBefore(next.end())) {
        return;
      }
      oldest.remove();
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Review await(CompletableFuture<Review> answer, Review known) {
    try {
      return answer.get(PATIENCE_WITH_AN_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException nobodySays) {
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static Review await(CompletableFuture<Review> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static HydraException unavailable(Exception cause) {
    return new HydraException(
        ErrorCode.UNAVAILABLE,
        "the manager cannot check the token now, as the API server of Kubernetes does not answer it",
        cause);
  }
}
