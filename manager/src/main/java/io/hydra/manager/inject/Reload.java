package io.hydra.manager.inject;

/** How a pod's application is brought onto new data, as its annotations say. */
sealed interface Reload {
  /** A POST to this address. */
  record Http(String url) implements Reload {}

  /** A signal to the main process of a container; a name without SIG, or a number. */
  record Signal(String name, String container) implements Reload {}

  /** The pod is evicted, and created anew by its owner. */
  record Evict() implements Reload {}

  /** It follows {@code current} by itself. */
  record Watch() implements Reload {}
}
