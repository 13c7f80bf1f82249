package io.hydra.docto.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME (NVM Express NVM Command Set 1.0, section 5.2.1.3.4): polynomial ad93d23594c93659,
 * reflected, all ones before and after. The check value of "123456789" is ae8b14860a799888. Eight
 * bytes a step by eight tables.
 */
public final class Crc64Nvme implements Checksum {
  private static final long REFLECTED_POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
  private static final long[][] TABLES = tables();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1;

  @Override
  public void update(int b) {
    state = TABLES[0][(int) ((state ^ b) & 0xff)] ^ (state >>> 8);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      state = eight(state ^ (long) LONG.get(bytes, at));
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1;
  }

  private static long eight(long word) {
    return TABLES[7][(int) (word & 0xff)]
        ^ TABLES[6][(int) ((word >>> 8) & 0xff)]
        ^ TABLES[5][(int) ((word >>> 16) & 0xff)]
        ^ TABLES[4][(int) ((word >>> 24) & 0xff)]
        ^ TABLES[3][(int) ((word >>> 32) & 0xff)]
        ^ TABLES[2][(int) ((word >>> 40) & 0xff)]
        ^ TABLES[1][(int) ((word >>> 48) & 0xff)]
        ^ TABLES[0][(int) (word >>> 56)];
  }

  private static long[][] tables() {
    var tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int table = 1; table < 8; table++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[table - 1][i];
        tables[table][i] = tables[0][(int) (before & 0xff)] ^ (before >>> 8);
      }
    }
    return tables;
  }
}
