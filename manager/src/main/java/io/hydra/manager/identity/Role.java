package io.hydra.manager.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do, in the channels that a {@link Grant} names. */
public enum Role {
  /** Read. */
  VIEWER,
  /** Publish, and create channels; read. */
  PUBLISHER,
  /** Pin, roll back, forget, change settings, delete channels; read. */
  OPERATOR,
  /** Register, report and read orders: as one node or one instance, nothing else. */
  AGENT,
  /** Everything. */
  ADMIN;

  /** Whether who has this role may do what {@code other} may. */
  public boolean includes(Role other) {
    return this == other
        || this == ADMIN
        || (other == VIEWER && (this == PUBLISHER || this == OPERATOR));
  }

  /** As people write it. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String written) {
    return Arrays.stream(values()).filter(role -> role.written().equals(written)).findFirst();
  }
}
