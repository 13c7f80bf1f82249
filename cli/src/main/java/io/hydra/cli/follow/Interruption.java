package io.hydra.cli.follow;

import java.util.concurrent.locks.LockSupport;

/**
 * Says a last word when the process is told to end (Ctrl-C) while something goes on. The exit code
 * is then the Java runtime's: 130 after SIGINT, 143 after SIGTERM.
 */
public final class Interruption implements AutoCloseable {
  private final Thread lastWord;

  private Interruption(Thread lastWord) {
    this.lastWord = lastWord;
  }

  public static Interruption onEnd(Runnable lastWord) {
    var thread = new Thread(lastWord, "last-word");
    haltIfEnding(() -> Runtime.getRuntime().addShutdownHook(thread));
    return new Interruption(thread);
  }

  @Override
  public void close() {
    haltIfEnding(() -> Runtime.getRuntime().removeShutdownHook(lastWord));
  }

  /**
   * Does not return when the process is ending: whatever fails from then on fails because of that,
   * and is no news to anybody.
   */
  public static void haltIfEnding() {
    var probe = new Thread(() -> {}, "probe");
    haltIfEnding(
        () -> {
          Runtime.getRuntime().addShutdownHook(probe);
          Runtime.getRuntime().removeShutdownHook(probe);
        });
  }

  private static void haltIfEnding(Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException ending) {
      while (true) {
        LockSupport.park();
      }
    }
  }
}
