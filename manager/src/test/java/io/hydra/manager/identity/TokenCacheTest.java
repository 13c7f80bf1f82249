package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration STALE = Duration.ofMinutes(10);

  private final FakeClock clock = new FakeClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final TokenCache cache =
      new TokenCache(this::ask, new TokenCache.Limits(FRESH, STALE), clock);
  private volatile Answer answer = () -> accepted(Duration.ofHours(1));

  private interface Answer {
    Review give() throws IOException, InterruptedException;
  }

  private Review ask(String token) throws IOException, InterruptedException {
    asked.incrementAndGet();
    return answer.give();
  }

  private Review accepted(Duration left) {
    return new Review.Accepted(
        new Attested("jane", Set.of(), Optional.empty()), clock.instant().plus(left));
  }

  private void nobodyAnswers() {
    answer =
        () -> {
          throw new IOException("connection refused");
        };
  }

  @Test
  void givenATokenThatWasAccepted_thenItIsNotAskedAboutForAMinute() {
    cache.review("t");
    clock.pass(FRESH.minusMillis(1));
    cache.review("t");
    assertThat(asked).hasValue(1);

    clock.pass(Duration.ofMillis(1));
    cache.review("t");
    assertThat(asked).hasValue(2);
  }

  @Test
  void givenATokenThatWasAccepted_thenItIsKnownUntilItHasToBeAskedAbout() {
    assertThat(cache.known("t")).isEmpty();
    cache.review("t");

    clock.pass(FRESH.minusMillis(1));
    assertThat(cache.known("t").map(Attested::name)).contains("jane");

    clock.pass(Duration.ofMillis(1));
    assertThat(cache.known("t")).isEmpty();
    assertThat(asked).hasValue(1);
  }

  /** The next question is put off while nobody answers, the end is not. */
  @Test
  void givenATokenThatHasEndedWhileNobodyAnswers_thenItIsNotKnown() {
    answer = () -> accepted(FRESH.plusSeconds(2));
    cache.review("t");
    nobodyAnswers();
    clock.pass(FRESH);
    cache.review("t");
    assertThat(cache.known("t")).isPresent();

    clock.pass(Duration.ofSeconds(2));

    assertThat(cache.known("t")).isEmpty();
  }

  @Test
  void givenATokenThatWasRefused_thenNobodyIsKnownByIt() {
    answer = () -> new Review.Refused("no");
    cache.review("t");

    assertThat(cache.known("t")).isEmpty();
  }

  @Test
  void givenATokenThatEndsSooner_thenItIsNotBelievedLonger() {
    answer = () -> accepted(Duration.ofSeconds(10));
    cache.review("t");
    answer = () -> new Review.Refused("expired");

    clock.pass(Duration.ofSeconds(10));

    assertThat(cache.review("t")).isInstanceOf(Review.Refused.class);
  }

  @Test
  void givenARefusal_thenItHoldsForSecondsOnly() {
    answer = () -> new Review.Refused("not yet");
    cache.review("t");
    cache.review("t");
    assertThat(asked).hasValue(1);
    answer = () -> accepted(Duration.ofHours(1));

    clock.pass(Duration.ofSeconds(5));

    assertThat(cache.review("t")).isInstanceOf(Review.Accepted.class);
  }

  @Test
  void givenATokenThatIsRevoked_thenItIsRefusedAfterAMinute() {
    cache.review("t");
    answer = () -> new Review.Refused("its pod is gone");

    clock.pass(FRESH);

    assertThat(cache.review("t")).isInstanceOf(Review.Refused.class);
    nobodyAnswers();
    clock.pass(Duration.ofSeconds(5));
    assertThatThrownBy(() -> cache.review("t")).isInstanceOf(HydraException.class);
  }

  @Test
  void givenNobodyAnswers_thenWhatWasSaidHoldsUpToTheLimit() {
    cache.review("t");
    nobodyAnswers();

    clock.pass(STALE.minusMillis(1));
    assertThat(cache.review("t")).isInstanceOf(Review.Accepted.class);

    clock.pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> cache.review("t"))
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(refused.code().retryable()).isTrue();
            });
  }

  @Test
  void givenNobodyAnswers_thenItIsAskedAgainAfterSecondsAndNotByEachCall() {
    cache.review("t");
    nobodyAnswers();
    clock.pass(FRESH);
    cache.review("t");
    cache.review("t");
    assertThat(asked).hasValue(2);

    clock.pass(Duration.ofSeconds(5));
    cache.review("t");
    assertThat(asked).hasValue(3);
  }

  @Test
  void givenNobodyAnswers_thenATokenThatHasEndedDoesNotHold() {
    answer = () -> accepted(Duration.ofMinutes(2));
    cache.review("t");
    nobodyAnswers();

    clock.pass(Duration.ofMinutes(2));

    assertThatThrownBy(() -> cache.review("t")).isInstanceOf(HydraException.class);
  }

  @Test
  void givenManyCallsWithOneToken_thenItIsAskedOnce() throws Exception {
    var gate = new CountDownLatch(1);
    answer =
        () -> {
          gate.await();
          return accepted(Duration.ofHours(1));
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reviews = new ArrayList<Future<Review>>();
      for (int i = 0; i < 50; i++) {
        reviews.add(callers.submit(() -> cache.review("t")));
      }
      await().until(() -> asked.get() == 1);
      gate.countDown();
      for (var review : reviews) {
        assertThat(review.get()).isInstanceOf(Review.Accepted.class);
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void givenManyBadTokens_thenTheGoodOneIsStillKnown() {
    cache.review("good");
    answer = () -> new Review.Refused("no");
    for (int i = 0; i < 5_000; i++) {
      cache.review("bad " + i);
    }
    int before = asked.get();

    assertThat(cache.review("good")).isInstanceOf(Review.Accepted.class);
    assertThat(asked).hasValue(before);
    assertThat(cache.size()).isLessThan(2_100);
  }

  @Test
  void givenTokensThatNobodyShowsAnyMore_thenTheyAreForgotten() {
    for (int i = 0; i < 100; i++) {
      cache.review("old " + i);
    }
    clock.pass(STALE);

    List.of("a", "b").forEach(cache::review);

    assertThat(cache.size()).isEqualTo(2);
  }
}
