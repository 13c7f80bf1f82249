package io.hydra.appman.lifecycle;

/** What a draining application still has loaded. */
public enum Holding {
  /** All of the release that it served. */
  LOADED,
  /** Not known: AppMan was killed during a reload, or the application restarted by itself. */
  UNKNOWN,
  /** Nothing: it has let go. */
  RELEASED
}
