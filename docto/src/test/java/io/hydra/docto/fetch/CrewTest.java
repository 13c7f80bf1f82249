package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.source.FetchException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CrewTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @Test
  void givenItemsThenEachIsWorkedOnOnce() throws Exception {
    var seen = new ConcurrentSkipListSet<Integer>();
    var calls = new AtomicInteger();

    Crew.workOff(
        ITEMS.iterator(),
        7,
        item -> {
          seen.add(item);
          calls.incrementAndGet();
        });

    assertThat(seen).containsExactlyElementsOf(ITEMS);
    assertThat(calls).hasValue(100);
  }

  @Test
  void givenOneFailureThenItIsThrownAndOthersThatWaitAreStopped() {
    var never = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                Crew.workOff(
                    ITEMS.iterator(),
                    4,
                    item -> {
                      if (item == 2) {
                        throw new IOException("disk");
                      }
                      never.await();
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk");
  }

  @Test
  void givenTheCallerIsInterruptedThenNoWorkerIsLeft() throws Exception {
    var never = new CountDownLatch(1);
    var inside = new AtomicInteger();
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Crew.workOff(
                        ITEMS.iterator(),
                        4,
                        item -> {
                          inside.incrementAndGet();
                          try {
                            never.await();
                          } finally {
                            inside.decrementAndGet();
                          }
                        });
                  } catch (IOException | FetchException | InterruptedException expected) {
                    // What is looked at is what it leaves behind.
                  }
                });
    Awaitility.await().until(() -> inside.get() == 4);

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
    assertThat(inside).hasValue(0);
  }

  @Test
  void givenAGateForTwo_whenEachLeavesAfterAnItem_thenEachItemIsWorkedOnOnceByTwoAtMost()
      throws Exception {
    var seen = new ConcurrentSkipListSet<Integer>();
    var calls = new AtomicInteger();
    var inside = new AtomicInteger();
    var most = new AtomicInteger();

    Crew.workOff(
        ITEMS.iterator(),
        32,
        new Turnstile(new Semaphore(2)),
        item -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          seen.add(item);
          calls.incrementAndGet();
          inside.decrementAndGet();
        });

    assertThat(seen).containsExactlyElementsOf(ITEMS);
    assertThat(calls).hasValue(100);
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void givenAGate_whenItLetsInMore_thenThereAreMoreUpToTheMost() throws Exception {
    var places = new Semaphore(1);
    var inside = new AtomicInteger();
    var end = new CountDownLatch(1);
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Crew.workOff(
                        ITEMS.iterator(),
                        4,
                        new Turnstile(places),
                        item -> {
                          inside.incrementAndGet();
                          end.await();
                        });
                  } catch (IOException | FetchException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                  }
                });
    Awaitility.await().until(() -> inside.get() == 1);

    places.release(9);

    Awaitility.await().until(() -> inside.get() == 4);
    end.countDown();
    assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
    assertThat(inside).hasValue(100);
    assertThat(places.availablePermits()).isEqualTo(10);
  }

  /** One item for each place that is taken. */
  private record Turnstile(Semaphore places) implements Crew.Gate {
    @Override
    public void enter() throws InterruptedException {
      places.acquire();
    }

    @Override
    public boolean mayGoOn() {
      return false;
    }

    @Override
    public void leave() {
      places.release();
    }
  }
}
