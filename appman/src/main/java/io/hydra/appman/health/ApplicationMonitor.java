package io.hydra.appman.health;

import io.hydra.appman.lifecycle.ReleaseSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers what the application said last, and whether it has restarted since it was loaded. Asked
 * regularly by {@link #refresh}, and at once where the answer decides something.
 */
public final class ApplicationMonitor {
  /** One answer could have been under way during a reload; two in a row mean it. */
  private static final int CONTRADICTIONS_THAT_COUNT = 2;

  private final Source source;
  private final Runnable listener;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Seen last = new Seen(ApplicationView.UNKNOWN, 0);
  private volatile boolean cameBack;

  /** An answer, and how often in a row it was given. */
  private record Seen(ApplicationView view, int times) {}

  /** Asks the application. */
  public interface Source {
    ApplicationView look() throws InterruptedException;

    /** Whether it has a hook that tells what it has loaded. */
    boolean tellsWhatIsLoaded();
  }

  /**
   * @param listener told when the application says something else than before
   */
  public ApplicationMonitor(Source source, Runnable listener) {
    this.source = source;
    this.listener = listener;
  }

  /** What the application said last. */
  public ApplicationView view() {
    return last.view();
  }

  /** Asks it now. */
  public ApplicationView refresh() throws InterruptedException {
    looking.lockInterruptibly();
    try {
      var before = last;
      var seen = source.look();
      boolean changed = !seen.equals(before.view());
      last = new Seen(seen, changed ? 1 : before.times() + 1);
      if (seen.reachable() && !before.view().reachable()) {
        cameBack = true;
      }
      if (changed) {
        listener.run();
      }
      return seen;
    } finally {
      looking.unlock();
    }
  }

  /** Whether the application says, and has said twice, that it has loaded something else. */
  public boolean contradicts(ReleaseSet release) {
    var seen = last;
    return seen.times() >= CONTRADICTIONS_THAT_COUNT && seen.view().contradicts(release);
  }

  /** Whether it was gone and came back since {@link #loaded}. */
  public boolean cameBack() {
    return cameBack;
  }

  /** The application has just been loaded. */
  public void loaded() {
    cameBack = false;
  }

  /** Whether its word, as far as it gives it, is that it serves the release. */
  public boolean confirms(ReleaseSet release) {
    var seen = last.view();
    if (!seen.reachable() || !seen.ready()) {
      return false;
    }
    return !source.tellsWhatIsLoaded()
        || seen.loaded().filter(release.contents()::equals).isPresent();
  }

  public boolean tellsWhatIsLoaded() {
    return source.tellsWhatIsLoaded();
  }
}
