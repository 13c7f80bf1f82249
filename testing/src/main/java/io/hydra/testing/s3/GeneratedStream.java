package io.hydra.testing.s3;

import java.io.InputStream;
import java.util.Objects;
import java.util.SplittableRandom;

/** Pseudo-random bytes that neither compress nor leave holes in a file. */
public final class GeneratedStream extends InputStream {
  private final SplittableRandom random;
  private long left;

  public GeneratedStream(long bytes, long seed) {
    this.left = bytes;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    return random.nextInt(256);
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    for (int i = 0; i < count; ) {
      long bits = random.nextLong();
      for (int end = Math.min(i + Long.BYTES, count); i < end; i++, bits >>>= Byte.SIZE) {
        target[offset + i] = (byte) bits;
      }
    }
    left -= count;
    return count;
  }
}
