package io.hydra.manager.observe;

/** This manager's lead. */
public interface Leadership {
  /** The newest epoch that was given out. */
  long epoch();

  /** Whether enough is known to grant anything and to let data be removed. */
  boolean settled();
}
