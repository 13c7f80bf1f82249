package io.hydra.docto.verify;

import java.nio.LongBuffer;

/**
 * CRC-64/NVME of long runs of words without a table for most of them (Russell: Chorba: A novel
 * CRC32 implementation, 2024, <a href="https://arxiv.org/abs/2412.16398">arXiv:2412.16398</a>).
 *
 * <p>x^1740 + x^1460 + x^761 + x^568 + x^142 + x^133 + x^95 + 1 is a multiple of the polynomial,
 * and so is its 64th power, which over GF(2) has the same terms with exponents 64 times as large:
 * whole words. So a word may be replaced by itself at seven places behind it, the last 1,740 words
 * on, and what is left in the end are 1,740 words. Here each word gathers what those before it
 * leave there; that goes on over 1,740 words of zeros behind the last one, which is divided out
 * again.
 */
final class Chorba {
  /** Below, the words behind the end cost more than is gained. */
  static final int LEAST_WORDS = 8 * 1024;

  /** By how many words a word is replaced: the differences to the highest exponent. */
  private static final int[] TAPS = {280, 979, 1172, 1598, 1607, 1645, 1740};

  private static final int REACH = 1740;

  /** Words at once; a power of two, so that indexes are seen to be in range when it is compiled. */
  private static final int BLOCK = 4096;

  /** x to the power of -64 * {@link #REACH}. */
  private static final long WITHOUT_ZEROS = withoutZeros();

  private Chorba() {}

  /**
   * @param state the register before
   * @param words little-endian
   * @return the register behind them
   */
  static long update(long state, LongBuffer words) {
    // The words of a block behind as many before it as are within reach.
    var window = new long[REACH + BLOCK];
    int begin = words.position();
    int left = words.remaining();
    long carried = state;
    while (left > 0) {
      int block = Math.min(BLOCK, left);
      words.get(begin, window, REACH, block);
      window[REACH] ^= carried;
      carried = 0;
      gather(window, block);
      System.arraycopy(window, block, window, 0, REACH);
      begin += block;
      left -= block;
    }
    return Crc.CRC64NVME.multiplied(Crc64Nvme.ofWords(behind(window), REACH), WITHOUT_ZEROS);
  }

  private static void gather(long[] window, int block) {
    if (window.length != REACH + BLOCK) {
      throw new IllegalArgumentException("a window of another size");
    }
    for (int i = 0; i < block; i++) {
      int at = (i & (BLOCK - 1)) + REACH;
      window[at] ^=
          (window[at - 280] ^ window[at - 979] ^ window[at - 1172])
              ^ (window[at - 1598] ^ window[at - 1607])
              ^ (window[at - 1645] ^ window[at - 1740]);
    }
  }

  /**
   * What the words leave to the zeros behind them.
   *
   * @param window begins with the last ones
   */
  private static long[] behind(long[] window) {
    var behind = new long[REACH];
    for (int tap : TAPS) {
      for (int i = 0; i < tap; i++) {
        behind[i] ^= window[REACH - tap + i];
      }
    }
    return behind;
  }

  private static long withoutZeros() {
    // As the polynomial ends in 1, x times the rest of it is 1.
    long square = (Crc64Nvme.REFLECTED_POLYNOMIAL << 1) | 1;
    long power = Long.MIN_VALUE;
    for (int left = Long.SIZE * REACH; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        power = Crc.CRC64NVME.multiplied(power, square);
      }
      square = Crc.CRC64NVME.multiplied(square, square);
    }
    return power;
  }
}
