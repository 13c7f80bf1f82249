package io.hydra.appman.health;

import io.hydra.appman.lifecycle.ReleaseSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers what the application said last, and whether it has restarted since it was loaded. Asked
 * regularly by {@link #poll}, and by {@link #refresh} where the very next answer decides something.
 */
public final class ApplicationMonitor {
  /** One answer could have been under way during a reload; two in a row mean it. */
  private static final int CONTRADICTIONS_THAT_COUNT = 2;

  /**
   * How many looks in a row an application that was well may leave unanswered before it counts as
   * broken. One can be a pause of its garbage collector or a lost packet, and taking a replica out
   * for that costs more than it saves; the number is that of Kubernetes' {@code failureThreshold}.
   * An answer that says no counts at once.
   */
  static final int SILENCES_THAT_COUNT = 3;

  private final Source source;
  private final Runnable listener;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Seen last = new Seen(ApplicationView.UNKNOWN, 0);
  private volatile boolean cameBack;
  private boolean wasReachable = ApplicationView.UNKNOWN.reachable();
  private int silences;

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

  /** Asks it now, and believes what comes of it. */
  public ApplicationView refresh() throws InterruptedException {
    looking.lockInterruptibly();
    try {
      return believe(look());
    } finally {
      looking.unlock();
    }
  }

  /**
   * Asks it now; an application that was well stays so until {@value #SILENCES_THAT_COUNT} looks in
   * a row brought no answer.
   */
  public ApplicationView poll() throws InterruptedException {
    looking.lockInterruptibly();
    try {
      var seen = look();
      boolean excused = silences > 0 && silences < SILENCES_THAT_COUNT && last.view().isWell();
      return excused ? last.view() : believe(seen);
    } finally {
      looking.unlock();
    }
  }

  private ApplicationView look() throws InterruptedException {
    var seen = source.look();
    silences = seen.answered() ? 0 : silences + 1;
    // Never excused: an application that came back may have lost its data however short it was.
    if (seen.reachable() && !wasReachable) {
      cameBack = true;
    }
    wasReachable = seen.reachable();
    return seen;
  }

  private ApplicationView believe(ApplicationView seen) {
    var before = last;
    boolean changed = !seen.equals(before.view());
    last = new Seen(seen, changed ? 1 : before.times() + 1);
    if (changed) {
      listener.run();
    }
    return seen;
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
    if (!seen.isWell()) {
      return false;
    }
    return !source.tellsWhatIsLoaded()
        || seen.loaded().filter(release.contents()::equals).isPresent();
  }

  public boolean tellsWhatIsLoaded() {
    return source.tellsWhatIsLoaded();
  }
}
