package io.hydra.manager.assign;

import io.hydra.model.InstanceId;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.util.Optional;

/**
 * An instance as its node's planner sees it.
 *
 * @param report its last one, also when it is lost
 * @param granted what it is allowed to move to
 */
public record Tenant(InstanceId id, Optional<InstanceReport> report, Optional<ReleaseRef> granted) {

  /** The release that it serves and takes traffic with. */
  public Optional<ReleaseRef> provenRelease() {
    return report
        .filter(r -> r.state() == InstanceState.SERVING && r.ready() && r.moving().isEmpty())
        .flatMap(InstanceReport::serving);
  }

  public Optional<ReleaseRef> serving() {
    return report.flatMap(InstanceReport::serving);
  }

  /** Whether it serves nothing and is not on its way to anything. */
  boolean isIdle() {
    return report
        .filter(r -> r.state() == InstanceState.WAITING || r.state() == InstanceState.FAILED)
        .filter(r -> r.moving().isEmpty())
        .isPresent();
  }

  /** Whether the application has let go of what it had loaded. */
  public boolean released() {
    return report.filter(InstanceReport::released).isPresent();
  }
}
