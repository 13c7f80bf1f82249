package io.hydra.appman.lifecycle;

import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Failed;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.InstanceLifecycle.Waiting;
import io.hydra.error.ErrorCode;
import io.hydra.wire.Fault;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Finds the state to begin in from what an earlier AppMan noted. Where that one was in the middle
 * of a move, or where nobody can tell what the application has loaded, it begins with a drain: the
 * application may be getting traffic.
 *
 * @param present whether all data of a release is on the node
 * @param trusted whether the application has a release loaded if AppMan served it last
 */
public record Restart(Predicate<ReleaseSet> present, Predicate<ReleaseSet> trusted) {

  public InstanceLifecycle from(SavedState saved, Instant now) {
    return switch (saved.state()) {
      case WAITING -> new Waiting(saved.served());
      case SERVING -> serving(saved, now);
      case DRAINING, RELOADING -> moving(saved, now);
      case FAILED -> new Failed(saved.served(), failedBefore(saved), 0, now);
    };
  }

  private InstanceLifecycle serving(SavedState saved, Instant now) {
    var served = saved.served();
    if (served.isEmpty() || !present.test(served.get())) {
      return new Waiting(served);
    }
    if (trusted.test(served.get())) {
      return new Serving(served.get());
    }
    return new Draining(served, Move.restoring(served.get()), now, Holding.UNKNOWN);
  }

  private InstanceLifecycle moving(SavedState saved, Instant now) {
    var holding = saved.holding().orElse(Holding.UNKNOWN);
    // It left traffic before, but may have been sent some while no AppMan said no.
    return saved
        .move()
        .<InstanceLifecycle>map(move -> new Draining(saved.served(), move, now, holding))
        .orElseGet(() -> new Waiting(saved.served()));
  }

  private static Fault failedBefore(SavedState saved) {
    return saved
        .setback()
        .map(Setback::fault)
        .orElse(new Fault(ErrorCode.RELOAD_FAILED, "a reload failed before AppMan was restarted"));
  }
}
