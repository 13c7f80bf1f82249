package io.hydra.manager.rest;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Notes that a request has made something, for {@link AnswerHeaders} to say so. */
@RequestScoped
class Creation {
  private Optional<String> location = Optional.empty();

  /**
   * @param path where it is found
   */
  void happened(String path) {
    location = Optional.of(path);
  }

  Optional<String> location() {
    return location;
  }
}
