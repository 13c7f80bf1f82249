package io.hydra.docto.verify;

import java.nio.ByteBuffer;
import java.util.zip.Checksum;

/** A cyclic redundancy check by {@link Folding}. */
final class FoldedCrc implements Checksum {
  private final Folding.Powers powers;

  /** As many low bits as the check has. */
  private final long ones;

  private long register;

  FoldedCrc(Folding.Powers powers, int bits) {
    this.powers = powers;
    this.ones = -1L >>> (Long.SIZE - bits);
    this.register = ones;
  }

  @Override
  public void update(int b) {
    update(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    update(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void update(ByteBuffer bytes) {
    register = Folding.fold(register, bytes, powers);
  }

  @Override
  public long getValue() {
    return register ^ ones;
  }

  @Override
  public void reset() {
    register = ones;
  }
}
