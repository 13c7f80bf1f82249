package io.hydra.manager.rest;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** What a request changed, for {@link Audit} to tell. */
@RequestScoped
class AuditNote {
  private Optional<String> from = Optional.empty();
  private Optional<String> before = Optional.empty();
  private Optional<String> after = Optional.empty();

  /**
   * @param address that the call came from
   */
  void from(String address) {
    from = Optional.of(address);
  }

  Optional<String> from() {
    return from;
  }

  void before(String state) {
    before = Optional.of(state);
  }

  void after(String state) {
    after = Optional.of(state);
  }

  Optional<String> before() {
    return before;
  }

  Optional<String> after() {
    return after;
  }
}
