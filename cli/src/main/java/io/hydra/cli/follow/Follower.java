package io.hydra.cli.follow;

import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pages;
import io.hydra.cli.client.Pause;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.Rejection;
import io.hydra.wire.ReleaseView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks for a channel's status again and again. A manager that restarts meanwhile is waited for. */
public final class Follower {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Manager manager;
  private final ChannelId channel;
  private final Pause pause;
  private final InstantSource clock;

  public Follower(Manager manager, ChannelId channel, Pause pause, InstantSource clock) {
    this.manager = manager;
    this.channel = channel;
    this.pause = pause;
    this.clock = clock;
  }

  public ChannelStatus status() {
    return manager.channels(api -> api.status(channel.env(), channel.namespace(), channel.name()));
  }

  /**
   * Shows the status until the process is interrupted.
   *
   * @throws HydraException when the manager refuses, as for a channel that was deleted
   */
  public void watch(Display display) {
    while (true) {
      look(display);
      pause.of(INTERVAL);
    }
  }

  /**
   * Waits until the release is where it should be, or cannot get there any more.
   *
   * @param end when to give up; empty: never
   * @return the last verdict; {@link Verdict.Pending} when time was over
   */
  public Verdict await(ReleaseRef release, Optional<Instant> end, Display display) {
    Verdict last = new Verdict.Pending(List.of("nothing is known yet"), false, "");
    while (true) {
      var seen = look(display);
      if (seen.isPresent()) {
        last = judge(release, seen.get(), last);
        if (!(last instanceof Verdict.Pending)) {
          return last;
        }
      }
      if (end.isPresent() && !clock.instant().isBefore(end.get())) {
        return last;
      }
      pause.of(INTERVAL);
    }
  }

  private Verdict judge(ReleaseRef release, ChannelStatus status, Verdict before) {
    try {
      return Verdict.of(release, status, this::rejection);
    } catch (RuntimeException failed) {
      reasonToAskAgain(failed);
      return before;
    }
  }

  private Optional<ChannelStatus> look(Display display) {
    try {
      var status = status();
      display.show(status);
      return Optional.of(status);
    } catch (RuntimeException failed) {
      var reason = reasonToAskAgain(failed);
      Interruption.haltIfEnding();
      display.unreachable(reason);
      return Optional.empty();
    }
  }

  /** Throws what will not pass. */
  private static String reasonToAskAgain(RuntimeException failed) {
    return switch (failed) {
      case CliFailure local when local.exitCode() == ExitCode.UNREACHABLE -> local.detail();
      case HydraException refused when refused.code().retryable() -> refused.detail();
      default -> throw failed;
    };
  }

  private Optional<Rejection> rejection(ReleaseRef release) {
    return Pages.<ReleaseView>all(
            cursor ->
                manager.channels(
                    api ->
                        api.releases(
                            channel.env(),
                            channel.namespace(),
                            channel.name(),
                            cursor,
                            Pages.SIZE)))
        .items()
        .stream()
        .filter(view -> view.release().ref().equals(release))
        .findFirst()
        .flatMap(ReleaseView::rejected);
  }
}
