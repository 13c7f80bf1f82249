package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.FakeTime;
import io.hydra.docto.fetch.PartSlots.Share;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartSlotsTest {
  private final FakeTime time = new FakeTime();
  private final PartSlots slots = new PartSlots(new PartsLimit.Range(2, 8), time::nanoTime);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<String> entered = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.forEach(Thread::interrupt);
  }

  @Test
  void givenAllSlotsInUse_whenOneIsLeft_thenTheMostUrgentGetsIt() throws InterruptedException {
    var first = slots.share(() -> 5);
    first.enter();
    first.enter();
    enterLater("less urgent", slots.share(() -> 20));
    enterLater("urgent", slots.share(() -> 0));

    first.leave();

    await().until(() -> entered.equals(List.of("urgent")));
    assertThat(slots.inFlight()).isEqualTo(2);
  }

  @Test
  void givenSomebodyMoreUrgent_whenAPartIsDone_thenTheNextMayNotBegin()
      throws InterruptedException {
    var first = slots.share(() -> 5);
    first.enter();
    first.enter();
    assertThat(first.mayGoOn()).isTrue();

    enterLater("urgent", slots.share(() -> 0));

    assertThat(first.mayGoOn()).isFalse();
  }

  @Test
  void givenAnEquallyUrgentFetch_whenItHasNothing_thenItGetsHalf() throws InterruptedException {
    var first = slots.share(() -> 5);
    first.enter();
    first.enter();
    enterLater("other", slots.share(() -> 5));
    assertThat(first.mayGoOn()).isFalse();

    first.leave();
    await().until(() -> entered.size() == 1);
    enterLater("other again", slots.share(() -> 5));

    assertThat(first.mayGoOn()).as("it has no more than the other").isTrue();
  }

  @Test
  void givenAFetchThatBecomesUrgent_whenASlotIsLeft_thenItGoesAhead() throws InterruptedException {
    var urgency = new int[] {20};
    var first = slots.share(() -> 5);
    first.enter();
    first.enter();
    enterLater("promoted", slots.share(() -> urgency[0]));
    enterLater("other", slots.share(() -> 10));
    urgency[0] = 0;

    first.leave();

    await().until(() -> entered.equals(List.of("promoted")));
  }

  @Test
  void givenThrottling_whenAPartIsTriedAgain_thenItWaitsUntilFewerAreInFlight()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    share.enter();
    share.enter();
    share.throttled();
    assertThat(slots.limit()).isEqualTo(1);
    var again = start("again", () -> share.again());
    await().until(() -> again.getState() == Thread.State.WAITING);
    assertThat(slots.inFlight()).isEqualTo(1);
    enterLater("urgent", slots.share(() -> 0));

    share.leave();

    await().until(() -> entered.equals(List.of("again")));
    assertThat(slots.inFlight()).isEqualTo(1);
  }

  @Test
  void givenOneThatWaitsToTryAgain_whenItIsStopped_thenItCanStillLeave()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    share.enter();
    share.enter();
    share.throttled();
    var again = start("again", () -> share.again());
    await().until(() -> again.getState() == Thread.State.WAITING);

    again.interrupt();
    again.join();
    share.leave();
    share.leave();

    assertThat(slots.inFlight()).isZero();
  }

  @Test
  void givenOneThatWaitsForASlot_whenItIsStopped_thenItTakesNone() throws InterruptedException {
    var share = slots.share(() -> 5);
    share.enter();
    share.enter();
    var waiting = enterLater("never", slots.share(() -> 0));

    waiting.interrupt();
    waiting.join();
    share.leave();

    assertThat(slots.inFlight()).isEqualTo(1);
    assertThat(share.mayGoOn()).isTrue();
  }

  @Test
  void givenPartsThatBringMore_whenWindowsPass_thenThoseWhoWaitAreLetIn()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    for (int i = 0; i < 8; i++) {
      start("part", share::enter);
    }
    await().until(() -> entered.size() == 2);

    for (int i = 0; i < 7; i++) {
      int before = slots.inFlight();
      time.pass(PartSlots.WINDOW);
      share.received(before * 1000);
      await().until(() -> slots.inFlight() == slots.limit());
    }

    await().until(() -> entered.size() == 8);
  }

  @Test
  void givenSlotsThatWaitForFirstBytes_whenSomePartsAreDone_thenManyMoreAreLetInAtOnce()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    for (int i = 0; i < 8; i++) {
      start("part", share::enter);
    }
    await().until(() -> entered.size() == 2);

    share.waited(PartSlots.SHORTEST_WINDOW.toNanos() * 3 / 2);
    assertThat(share.mayGoOn()).isTrue();
    time.pass(PartSlots.SHORTEST_WINDOW);
    assertThat(slots.limit()).isEqualTo(2);
    assertThat(share.mayGoOn()).isTrue();

    assertThat(slots.limit()).isEqualTo(8);
    await().until(() -> entered.size() == 8);
  }

  @Test
  void givenSlotsThatWaitForFirstBytes_whenFewPartsAreDone_thenAWindowHasItsTime()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    share.enter();
    share.enter();
    share.waited(PartSlots.SHORTEST_WINDOW.toNanos());
    time.pass(PartSlots.SHORTEST_WINDOW);

    assertThat(share.mayGoOn()).isTrue();

    assertThat(slots.limit()).isEqualTo(2);
  }

  /** As a crew does it: who has got a slot sends the next one to ask. */
  @Test
  void givenThoseWhoComeOneAfterAnother_whenTheyBringMore_thenTheLimitGrows()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    start("part", () -> enterThenSendAnother(share));
    await().until(() -> entered.size() == 2);

    for (int i = 0; i < 12 && slots.limit() < 8; i++) {
      int before = slots.inFlight();
      time.pass(PartSlots.WINDOW);
      share.received(before * 1000);
      await().until(() -> slots.inFlight() == slots.limit());
    }

    assertThat(slots.inFlight()).isEqualTo(8);
  }

  private void enterThenSendAnother(Share share) throws InterruptedException {
    share.enter();
    start("part", () -> enterThenSendAnother(share));
  }

  @Test
  void givenALongLull_whenSomethingIsFetchedAgain_thenItBeginsWithFew()
      throws InterruptedException {
    var share = slots.share(() -> 5);
    share.enter();
    share.throttled();
    assertThat(slots.limit()).isEqualTo(1);
    share.leave();
    time.pass(Duration.ofSeconds(9));
    share.enter();
    assertThat(slots.limit()).as("what was found out holds for a while").isEqualTo(1);
    share.leave();

    time.pass(Duration.ofSeconds(11));
    share.enter();

    assertThat(slots.limit()).isEqualTo(2);
  }

  /** What a thread does. */
  private interface Doing {
    void run() throws InterruptedException;
  }

  /** Returns when it waits. */
  private Thread enterLater(String name, Share share) {
    var thread = start(name, share::enter);
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private Thread start(String name, Doing doing) {
    var thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    doing.run();
                    entered.add(name);
                  } catch (InterruptedException stopped) {
                    // The test is over, or this was it.
                  }
                });
    threads.add(thread);
    return thread;
  }
}
