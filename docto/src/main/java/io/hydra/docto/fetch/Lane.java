package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException.Cause;

/**
 * What a part on its way keeps to, and tells of.
 *
 * @param slot that it has
 */
record Lane(PartSlots.Share slot, Bandwidth.Allowance bandwidth) {

  /** Smaller is more urgent; it may change. */
  int urgency() {
    return slot.urgency();
  }

  /** What may be read at once. */
  int pieceBytes() {
    return bandwidth.pieceBytes();
  }

  /** A first byte has come, or failed to. */
  void waited(long nanos) {
    slot.waited(nanos);
  }

  /** Bytes have come, of use or not; returns when the next ones may. */
  void received(int bytes) throws InterruptedException {
    slot.received(bytes);
    bandwidth.spend(bytes);
  }

  /** An attempt has failed. */
  void failed(Cause cause) {
    if (cause == Cause.THROTTLED) {
      slot.throttled();
    }
  }

  /** Returns when another attempt may be made. */
  void again() throws InterruptedException {
    slot.again();
  }
}
