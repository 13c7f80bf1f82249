package io.hydra.appman.config;

/** How the application is brought onto new data. */
public enum ReloadMode {
  /** A POST to its reload hook. */
  HTTP,
  /** A signal to the process that its pid file names. */
  SIGNAL,
  /** A restart: of AppMan's own child process, or by a command. */
  RESTART,
  /** Its pod is evicted, and another one begins with the new data. */
  EVICT,
  /** It follows {@code current} by itself. */
  WATCH
}
