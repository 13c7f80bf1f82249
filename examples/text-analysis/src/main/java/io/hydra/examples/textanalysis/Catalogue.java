package io.hydra.examples.textanalysis;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds the models that requests are served from, and swaps whole sets of them. */
final class Catalogue {
  private final ReentrantLock swapping = new ReentrantLock();
  private volatile @Nullable Models current;

  /** What requests are served from; empty when nothing is loaded. */
  Optional<Models> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Loads a release beside the present one, checks it, then swaps. Upon a failure the present one
   * stays.
   */
  Models load(Release release) throws LoadFailure {
    swapping.lock();
    try {
      var models = ModelLoader.load(release, current());
      Analyzer.check(models);
      current = models;
      return models;
    } finally {
      swapping.unlock();
    }
  }

  /** Lets go of all models; requests are refused until the next load. */
  void unload() {
    swapping.lock();
    try {
      current = null;
    } finally {
      swapping.unlock();
    }
  }
}
