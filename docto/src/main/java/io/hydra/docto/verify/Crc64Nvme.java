package io.hydra.docto.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME (NVM Express NVM Command Set 1.0, section 5.2.1.3.4): polynomial ad93d23594c93659,
 * reflected, all ones before and after. The check value of "123456789" is ae8b14860a799888. Sixteen
 * bytes a step by as many tables, of which the CPU can look up many at once ("slicing", Kounavis
 * and Berry: A Systematic Approach to Building High Performance Software-based CRC Generators);
 * long runs by {@link Chorba}.
 */
public final class Crc64Nvme implements Checksum {
  static final long REFLECTED_POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

  private static final int STEP = 16;
  private static final int TABLE = 256;

  /** One table behind another: so an index is known to be in range when this is compiled. */
  private static final long[] TABLES = tables();

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1;

  @Override
  public void update(int b) {
    state = TABLES[(int) ((state ^ b) & 0xff)] ^ (state >>> 8);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    if (length >= Chorba.LEAST_WORDS * Long.BYTES) {
      at += chorba(ByteBuffer.wrap(bytes, offset, length).slice());
    }
    long sum = state;
    for (; at <= end - STEP; at += STEP) {
      sum = ahead(sum ^ (long) LONG.get(bytes, at)) ^ behind((long) LONG.get(bytes, at + 8));
    }
    state = sum;
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  /** Without the copies by which the interface would do it. */
  @Override
  public void update(ByteBuffer bytes) {
    var little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.position();
    int end = bytes.limit();
    if (bytes.remaining() >= Chorba.LEAST_WORDS * Long.BYTES) {
      at += chorba(bytes.slice());
    }
    long sum = state;
    for (; at <= end - STEP; at += STEP) {
      sum = ahead(sum ^ little.getLong(at)) ^ behind(little.getLong(at + 8));
    }
    state = sum;
    for (; at < end; at++) {
      update(little.get(at));
    }
    bytes.position(end);
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1;
  }

  /** All but the last bytes; returns of how many. */
  private int chorba(ByteBuffer bytes) {
    var words = bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    state = Chorba.update(state, words);
    return words.remaining() * Long.BYTES;
  }

  /**
   * The register behind so many words, from a register of zeros.
   *
   * @param count an even number
   */
  static long ofWords(long[] words, int count) {
    long sum = 0;
    for (int i = 0; i < count; i += 2) {
      sum = ahead(sum ^ words[i]) ^ behind(words[i + 1]);
    }
    return sum;
  }

  /** Of eight bytes with eight others behind them. */
  private static long ahead(long word) {
    return TABLES[15 * TABLE + (int) (word & 0xff)]
        ^ TABLES[14 * TABLE + (int) ((word >>> 8) & 0xff)]
        ^ TABLES[13 * TABLE + (int) ((word >>> 16) & 0xff)]
        ^ TABLES[12 * TABLE + (int) ((word >>> 24) & 0xff)]
        ^ TABLES[11 * TABLE + (int) ((word >>> 32) & 0xff)]
        ^ TABLES[10 * TABLE + (int) ((word >>> 40) & 0xff)]
        ^ TABLES[9 * TABLE + (int) ((word >>> 48) & 0xff)]
        ^ TABLES[8 * TABLE + (int) (word >>> 56)];
  }

  private static long behind(long word) {
    return TABLES[7 * TABLE + (int) (word & 0xff)]
        ^ TABLES[6 * TABLE + (int) ((word >>> 8) & 0xff)]
        ^ TABLES[5 * TABLE + (int) ((word >>> 16) & 0xff)]
        ^ TABLES[4 * TABLE + (int) ((word >>> 24) & 0xff)]
        ^ TABLES[3 * TABLE + (int) ((word >>> 32) & 0xff)]
        ^ TABLES[2 * TABLE + (int) ((word >>> 40) & 0xff)]
        ^ TABLES[TABLE + (int) ((word >>> 48) & 0xff)]
        ^ TABLES[(int) (word >>> 56)];
  }

  private static long[] tables() {
    var tables = new long[STEP * TABLE];
    for (int i = 0; i < TABLE; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      tables[i] = crc;
    }
    for (int i = TABLE; i < tables.length; i++) {
      long before = tables[i - TABLE];
      tables[i] = tables[(int) (before & 0xff)] ^ (before >>> 8);
    }
    return tables;
  }
}
