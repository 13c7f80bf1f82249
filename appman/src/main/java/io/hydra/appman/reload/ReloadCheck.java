package io.hydra.appman.reload;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.ApplicationView;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.pace.Pause;
import io.hydra.error.ErrorCode;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Waits until an application that was reloaded says that it serves the release. */
public final class ReloadCheck {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final ApplicationMonitor monitor;
  private final Reloader reloader;
  private final ReloadWay way;
  private final Duration patience;
  private final Clock clock;
  private final Pause pause;

  /**
   * @param patience how long the application may contradict a reload hook that said it was done
   */
  public ReloadCheck(
      ApplicationMonitor monitor,
      Reloader reloader,
      ReloadWay way,
      Duration patience,
      Clock clock,
      Pause pause) {
    this.monitor = monitor;
    this.reloader = reloader;
    this.way = way;
    this.patience = patience;
    this.clock = clock;
    this.pause = pause;
  }

  public Outcome await(ReleaseSet release, Instant deadline) throws InterruptedException {
    var contradictionCounts = clock.instant().plus(patience);
    boolean everReached = false;
    while (true) {
      var view = monitor.refresh();
      everReached |= view.reachable();
      if (reloader.isStopped(release)) {
        return new Outcome.Refused(
            new Fault(ErrorCode.RELOAD_FAILED, "the application ended with the new data"));
      }
      if (monitor.confirms(release)) {
        return new Outcome.Loaded();
      }
      var now = clock.instant();
      if (!now.isBefore(deadline)) {
        return everReached || isRestartedByUs()
            ? new Outcome.Refused(new Fault(ErrorCode.RELOAD_FAILED, objection(view, release)))
            : new Outcome.Hindered(
                new Fault(ErrorCode.APPLICATION_UNREACHABLE, objection(view, release)));
      }
      if (isDoneWhenItAnswers() && view.contradicts(release) && now.isAfter(contradictionCounts)) {
        return new Outcome.Refused(new Fault(ErrorCode.RELOAD_FAILED, objection(view, release)));
      }
      pause.rest(BETWEEN_LOOKS);
    }
  }

  private boolean isDoneWhenItAnswers() {
    return switch (way) {
      case ReloadWay.Http _ -> true;
      case ReloadWay.Signal _,
          ReloadWay.Child _,
          ReloadWay.Command _,
          ReloadWay.Evict _,
          ReloadWay.Watch _ ->
          false;
    };
  }

  /** Then that it does not come up speaks against the release. */
  private boolean isRestartedByUs() {
    return switch (way) {
      case ReloadWay.Child _, ReloadWay.Command _ -> true;
      case ReloadWay.Http _, ReloadWay.Signal _, ReloadWay.Evict _, ReloadWay.Watch _ -> false;
    };
  }

  private static String objection(ApplicationView view, ReleaseSet release) {
    if (view.contradicts(release)) {
      return "the application has not loaded release %s: %s"
          .formatted(release.ref(), differences(view.loaded().orElse(Map.of()), release));
    }
    return "the application did not become ready with release %s in time: %s"
        .formatted(release.ref(), view.detail().orElse("it does not tell what it has loaded"));
  }

  private static String differences(Map<DatasetName, Digest> loaded, ReleaseSet release) {
    var differences = new StringJoiner(", ");
    release
        .contents()
        .forEach(
            (name, digest) -> {
              var told = Optional.ofNullable(loaded.get(name));
              if (!told.equals(Optional.of(digest))) {
                differences.add(
                    "'%s' is %s instead of %s"
                        .formatted(
                            name, told.map(Digest::brief).orElse("missing"), digest.brief()));
              }
            });
    loaded.keySet().stream()
        .filter(name -> !release.contents().containsKey(name))
        .forEach(name -> differences.add("'%s' is not part of it".formatted(name)));
    return differences.toString();
  }
}
