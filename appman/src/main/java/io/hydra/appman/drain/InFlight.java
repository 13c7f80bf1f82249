package io.hydra.appman.drain;

/** Knows whether the application has requests in hand. */
public interface InFlight {
  /** True as well where the application has no way to tell; false when it should and does not. */
  boolean isNothingInHand() throws InterruptedException;
}
