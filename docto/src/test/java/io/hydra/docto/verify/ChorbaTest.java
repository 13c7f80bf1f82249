package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long runs of bytes, against one bit after another. */
class ChorbaTest {
  private static final int LEAST = Chorba.LEAST_WORDS * Long.BYTES;

  @Property(tries = 40)
  void longRunsAreSummedAsBitByBit(
      @ForAll long seed,
      @ForAll @IntRange(max = 200_000) int more,
      @ForAll @IntRange(max = 9) int before,
      @ForAll boolean direct) {
    var bytes = bytes(seed, LEAST + more);
    int room = before + bytes.length + 3;
    var buffer = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
    buffer.position(before).put(bytes).flip().position(before);
    var sum = new Crc64Nvme();

    sum.update(buffer);

    assertThat(sum.getValue()).isEqualTo(bitByBit(bytes));
    assertThat(buffer.remaining()).isZero();
  }

  @Property(tries = 20)
  void longAndShortRunsFollowEachOther(
      @ForAll long seed,
      @ForAll @IntRange(max = 500) int first,
      @ForAll @IntRange(max = 100_000) int second,
      @ForAll @IntRange(max = 500) int third) {
    var bytes = bytes(seed, first + LEAST + second + LEAST + third);
    var sum = new Crc64Nvme();

    sum.update(bytes, 0, first);
    sum.update(bytes, first, LEAST + second);
    sum.update(bytes, first + LEAST + second, LEAST);
    sum.update(bytes, first + LEAST + second + LEAST, third);

    assertThat(sum.getValue()).isEqualTo(bitByBit(bytes));
  }

  /** About the reach of a word, about a block of words, and about the least of all. */
  @ParameterizedTest
  @ValueSource(ints = {LEAST - 1, LEAST, LEAST + 1, LEAST + 8 * 1739, LEAST + 8 * 1740, 3 * 32768})
  void everyLengthIsSummed(int length) {
    var bytes = bytes(length, length);
    var sum = new Crc64Nvme();

    sum.update(bytes, 0, length);

    assertThat(sum.getValue()).isEqualTo(bitByBit(bytes));
  }

  /** A bit anywhere counts. */
  @Test
  void givenASingleBitThenTheSumIsAnother() {
    var bytes = new byte[2 * LEAST];
    var sums = new HashSet<Long>();
    for (int bit = 0; bit < 8 * bytes.length; bit += 4_099) {
      bytes[bit / 8] = (byte) (1 << (bit % 8));
      var sum = new Crc64Nvme();
      sum.update(bytes, 0, bytes.length);
      assertThat(sums.add(sum.getValue())).as("bit %d", bit).isTrue();
      bytes[bit / 8] = 0;
    }
  }

  private static byte[] bytes(long seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    // Also runs of zeros, as files have them.
    Arrays.fill(bytes, length / 3, length / 2, (byte) 0);
    return bytes;
  }

  private static long bitByBit(byte[] bytes) {
    long sum = -1;
    for (byte b : bytes) {
      sum ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ Crc64Nvme.REFLECTED_POLYNOMIAL;
      }
    }
    return ~sum;
  }
}
