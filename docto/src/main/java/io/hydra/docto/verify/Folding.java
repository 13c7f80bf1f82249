package io.hydra.docto.verify;

import java.nio.ByteBuffer;

/**
 * Cyclic redundancy checks by instructions that Java has none for, ten times as fast. Only native
 * executables have them: {@link FoldingOfImages} is in place of this there.
 */
final class Folding {
  private Folding() {}

  /** Whether this processor can. */
  static boolean isAvailable() {
    return false;
  }

  /**
   * Takes all that remains in the buffer.
   *
   * @param register before these bytes
   * @param bytes direct, or with an array
   * @return the register behind them
   */
  @SuppressWarnings("DoNotCallSuggester") // native executables do call it
  static long fold(long register, ByteBuffer bytes, Powers powers) {
    throw new UnsupportedOperationException("only native executables can");
  }

  /**
   * What a block of 16 bytes is multiplied by, as 64 reflected bits; see {@code crc_folding.c}.
   *
   * @param farFirst x to the power of 1,024 + 63: of its first eight bytes, eight blocks ahead
   * @param farLast x to the power of 1,023
   * @param nearFirst x to the power of 128 + 63: one block ahead
   * @param nearLast x to the power of 127
   * @param polynomial reflected, without its highest term
   */
  record Powers(long farFirst, long farLast, long nearFirst, long nearLast, long polynomial) {}
}
