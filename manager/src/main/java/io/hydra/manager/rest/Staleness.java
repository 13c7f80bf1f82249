package io.hydra.manager.rest;

import jakarta.enterprise.context.RequestScoped;

/**
 * Notes that a request is answered from memory while the state cannot be reached, for {@link
 * AnswerHeaders} to say so.
 */
@RequestScoped
class Staleness {
  private boolean stale;

  void noted() {
    stale = true;
  }

  boolean isStale() {
    return stale;
  }
}
