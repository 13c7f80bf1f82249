package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The application that AppMan looks after. */
@ConfigMapping(prefix = "hydra.app")
public interface ApplicationConfig {
  /**
   * How it is brought onto new data: {@code http}, {@code signal}, {@code restart}, {@code evict},
   * {@code watch}.
   */
  @WithDefault("watch")
  ReloadMode reload();

  /** The hook that loads and unloads; required with {@code reload=http}. */
  Optional<String> reloadUrl();

  /** The hook that tells what is loaded. */
  Optional<String> loadedUrl();

  /**
   * The hook that answers 2xx while the application can take traffic. Another answer takes the
   * instance out of traffic at once; no answer (see {@link #timeout}) only at the third look in a
   * row.
   */
  Optional<String> readyUrl();

  /** The hook that answers the number of requests in hand. */
  Optional<String> inFlightUrl();

  /** Signal to send with {@code reload=signal}, a name without SIG. */
  @WithDefault("HUP")
  String signal();

  /** File with the process id to signal; this or {@link #process} with {@code reload=signal}. */
  Optional<Path> pidFile();

  /**
   * {@code NAME=VALUE}: a variable by which the process to signal is found. Of several that have
   * it, the one that started first and is no child of another.
   */
  Optional<String> process();

  /**
   * With {@code reload=restart}: the application's command line, which AppMan starts once there is
   * data, and restarts. Separated by commas, or one property a word: {@code
   * hydra.app.command[0]=…}.
   */
  Optional<List<String>> command();

  /** With {@code reload=restart}: a command that restarts the application; 0 means it did. */
  Optional<List<String>> restartCommand();

  /** How long one call to a hook may take, other than a reload. */
  @WithDefault("5s")
  Duration timeout();

  /** How often the hooks are asked. */
  @WithDefault("300ms")
  Duration poll();

  /** How long a child process has between SIGTERM and SIGKILL. */
  @WithDefault("10s")
  Duration stopDeadline();
}
