package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartBuffersTest {
  private static final int SLAB = PartBuffer.MOST_BYTES;

  private final PartBuffers buffers = new PartBuffers();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Integer> got = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.forEach(Thread::interrupt);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16384",
    "16384, 16384",
    "16385, 32768",
    "200000, 262144",
    "262145, 524288",
    "524288, 524288",
    "8388608, 524288",
    "9000000000, 524288"
  })
  void givenAPart_whenABufferIsTaken_thenItIsAsLongAsNeeded(long length, int bytes)
      throws InterruptedException {
    var buffer = buffers.take(length, PartBuffersTest::notUrgent).gathered();

    assertThat(buffer.capacity()).isEqualTo(bytes);
    assertThat(buffer.isDirect()).isTrue();
  }

  @Test
  void givenLongParts_whenBuffersAreTaken_thenTheyAreAligned() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      var buffer = buffers.take(SLAB, PartBuffersTest::notUrgent).gathered();
      assertThat(buffer.alignmentOffset(0, PartBuffer.ALIGNMENT)).isZero();
    }
  }

  @Test
  void givenManyShortParts_whenEachWritesIntoItsBuffer_thenNoneIsAnothers()
      throws InterruptedException {
    var taken = new ArrayList<ByteBuffer>();
    for (int i = 0; i < 100; i++) {
      taken.add(buffers.take(16 * 1024, PartBuffersTest::notUrgent).gathered());
      fill(taken.getLast(), i);
    }

    for (int i = 0; i < 100; i++) {
      int written = i;
      var buffer = taken.get(i);
      assertThat(IntStream.range(0, buffer.capacity())).allMatch(at -> buffer.get(at) == written);
    }
  }

  @Test
  void givenAllMemoryInLongParts_whenOneMoreComes_thenItWaitsForOne() throws InterruptedException {
    var all = takeAll(SLAB);
    takeLater(16 * 1024);

    buffers.giveBack(all.getFirst());

    await().until(() -> got.equals(List.of(16 * 1024)));
  }

  @Test
  void givenAllMemoryInShortParts_whenALongOneWaits_thenShortOnesDoNotGetAheadOfIt()
      throws InterruptedException {
    var all = takeAll(SLAB / 2);
    takeLater(SLAB);
    takeLater(SLAB / 2);

    buffers.giveBack(all.get(0));
    assertThat(got).isEmpty();
    buffers.giveBack(all.get(1));

    await().until(() -> got.equals(List.of(SLAB)));
    buffers.giveBack(all.get(2));
    await().until(() -> got.equals(List.of(SLAB, SLAB / 2)));
  }

  @Test
  void givenSomeWhoWait_whenOneIsFree_thenTheMostUrgentGetsIt() throws InterruptedException {
    var all = takeAll(SLAB);
    takeLater(SLAB);
    takeLater(SLAB / 8, () -> 0);

    buffers.giveBack(all.getFirst());

    await().until(() -> got.equals(List.of(SLAB / 8)));
  }

  @Test
  void givenOneThatWaits_whenItIsStopped_thenTheNextGetsIt() throws InterruptedException {
    var all = takeAll(SLAB);
    var first = takeLater(SLAB);
    takeLater(SLAB / 4);

    first.interrupt();
    first.join();
    buffers.giveBack(all.getFirst());

    await().until(() -> got.equals(List.of(SLAB / 4)));
  }

  private static int notUrgent() {
    return 10;
  }

  private List<PartBuffer> takeAll(int bytes) throws InterruptedException {
    var all = new ArrayList<PartBuffer>();
    for (int i = 0; i < PartBuffers.MOST_SLABS * (SLAB / bytes); i++) {
      all.add(buffers.take(bytes, PartBuffersTest::notUrgent));
    }
    return all;
  }

  private static void fill(ByteBuffer buffer, int value) {
    for (int at = 0; at < buffer.capacity(); at++) {
      buffer.put(at, (byte) value);
    }
  }

  /** Returns when it waits. */
  private Thread takeLater(int bytes) {
    return takeLater(bytes, PartBuffersTest::notUrgent);
  }

  private Thread takeLater(int bytes, IntSupplier urgency) {
    var thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    got.add(buffers.take(bytes, urgency).gathered().capacity());
                  } catch (InterruptedException stopped) {
                    // The test is over, or this was it.
                  }
                });
    threads.add(thread);
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }
}
