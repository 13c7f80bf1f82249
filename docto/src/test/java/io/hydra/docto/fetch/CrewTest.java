package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.source.FetchException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
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
        ITEMS,
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
                    ITEMS,
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
                        ITEMS,
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
}
