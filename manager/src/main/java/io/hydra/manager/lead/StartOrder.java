package io.hydra.manager.lead;

/** What begins before what, as priorities of observers. */
public final class StartOrder {
  /** The lead, after all that every manager does. */
  public static final int LEAD = 5_000;

  private StartOrder() {}
}
