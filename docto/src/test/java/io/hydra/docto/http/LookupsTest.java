package io.hydra.docto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.0.0.1");

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void end() {
    answer.countDown();
  }

  @Test
  void givenNoAnswerThenTheLimitIsNamed() {
    var lookups = new Lookups(this::late, SHORT);

    assertThatThrownBy(() -> lookups.all("s3.test"))
        .isInstanceOf(TimeLimitExceeded.class)
        .hasMessage("the name 's3.test' was not resolved within 50 ms");
  }

  @Test
  void givenALookupThatHangsThenLaterOnesJoinIt() throws Exception {
    var lookups = new Lookups(this::late, SHORT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> lookups.all("s3.test")).isInstanceOf(TimeLimitExceeded.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void givenManyWhoAskThenOneLookupServesThemAll() throws Exception {
    var lookups = new Lookups(this::late, LONG);
    var asking = new ArrayList<FutureTask<List<InetAddress>>>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 5; i++) {
      var task = new FutureTask<>(() -> lookups.all("s3.test"));
      asking.add(task);
      threads.add(Thread.ofVirtual().start(task));
    }
    await().until(() -> threads.stream().allMatch(LookupsTest::waits));
    answer.countDown();

    for (var task : asking) {
      assertThat(task.get()).containsExactly(ADDRESS);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void givenALookupThatHangsThenOtherNamesAreResolved() throws Exception {
    var lookups =
        new Lookups(
            host -> host.equals("slow.test") ? late(host) : new InetAddress[] {ADDRESS}, LONG);
    Thread.ofVirtual().start(new FutureTask<>(() -> lookups.all("slow.test")));
    await().until(() -> asked.get() == 1);

    assertThat(lookups.all("s3.test")).containsExactly(ADDRESS);
  }

  @Test
  void givenAnAnswerThenTheNextOneWhoAsksBeginsAnew() throws Exception {
    answer.countDown();
    var lookups = new Lookups(this::late, LONG);
    lookups.all("s3.test");

    await()
        .until(
            () -> {
              lookups.all("s3.test");
              return asked.get() > 1;
            });
  }

  @Test
  void givenAnInterruptThenTheWaitEndsAtOnce() throws Exception {
    var lookups = new Lookups(this::late, LONG);
    var interrupted =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> lookups.all("s3.test"))
                  .isInstanceOf(InterruptedIOException.class);
              return Thread.currentThread().isInterrupted();
            });
    var thread = Thread.ofPlatform().daemon().start(interrupted);
    await().until(() -> waits(thread));
    thread.interrupt();

    assertThat(interrupted.get()).isTrue();
    assertThat(answer.getCount()).isEqualTo(1);
  }

  @Test
  void givenAnAddressThenNobodyIsAsked() throws Exception {
    assertThat(new Lookups(this::late, LONG).all("10.0.0.1")).containsExactly(ADDRESS);
    assertThat(asked).hasValue(0);
  }

  @Test
  void givenAResolverThatFailsThenThatIsSaid() {
    var lookups =
        new Lookups(
            host -> {
              throw new IllegalStateException("no library");
            },
            LONG);

    assertThatThrownBy(() -> lookups.all("s3.test"))
        .hasMessageStartingWith("the name 's3.test' was not resolved: ")
        .hasMessageContaining("no library");
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private InetAddress[] late(String host) throws UnknownHostException {
    asked.incrementAndGet();
    try {
      answer.await();
    } catch (InterruptedException stopped) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {ADDRESS};
  }
}
