package io.hydra.appman;

import io.hydra.appman.drain.InFlight;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.ApplicationView;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.reload.Outcome;
import io.hydra.appman.reload.Reloader;
import io.hydra.error.ErrorCode;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An application in memory, which also plays its own reload hook. */
final class SimulatedApplication implements ApplicationMonitor.Source, InFlight, Reloader {
  final Set<ReleaseSet> refused = new HashSet<>();
  final List<ReleaseSet> loads = new ArrayList<>();
  Map<DatasetName, Digest> loaded = Map.of();
  boolean reachable = true;
  int inFlight;
  Crash crash = Crash.NONE;
  Runnable beforeTouch = () -> {};

  /** Where in the next reload AppMan is killed. */
  enum Crash {
    NONE,
    BEFORE_LOADING,
    AFTER_LOADING
  }

  /** AppMan is dead. */
  static final class Killed extends RuntimeException {}

  @Override
  public ApplicationView look() {
    return reachable
        ? new ApplicationView(true, true, true, Optional.of(loaded), Optional.empty())
        : new ApplicationView(false, false, false, Optional.empty(), Optional.of("nobody there"));
  }

  @Override
  public boolean tellsWhatIsLoaded() {
    return true;
  }

  @Override
  public boolean isNothingInHand() {
    return inFlight == 0;
  }

  @Override
  public Outcome reload(ReleaseSet release, Instant deadline) {
    beforeTouch.run();
    dieIf(Crash.BEFORE_LOADING);
    if (!reachable) {
      return new Outcome.Hindered(new Fault(ErrorCode.APPLICATION_UNREACHABLE, "nobody there"));
    }
    loads.add(release);
    if (refused.contains(release)) {
      loaded = Map.of();
      return new Outcome.Refused(new Fault(ErrorCode.RELOAD_FAILED, "refused"));
    }
    loaded = release.contents();
    dieIf(Crash.AFTER_LOADING);
    return new Outcome.Loaded();
  }

  private void dieIf(Crash moment) {
    if (crash == moment) {
      crash = Crash.NONE;
      throw new Killed();
    }
  }

  @Override
  public boolean letGo(Instant deadline) {
    beforeTouch.run();
    loaded = Map.of();
    return true;
  }
}
