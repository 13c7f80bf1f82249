package io.hydra.cli.follow;

import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Quantities;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Waits for a release to be everywhere, and says how that ended. */
public final class RolloutWait {
  private static final int SHOWN = 5;

  private final Follower follower;
  private final Console console;
  private final ChannelId channel;

  public RolloutWait(Follower follower, Console console, ChannelId channel) {
    this.follower = follower;
    this.console = console;
    this.channel = channel;
  }

  /**
   * Returns when every instance serves the release.
   *
   * @param timeout zero: for ever
   * @param result where the good end is told
   * @throws CliFailure for every other end
   */
  public void await(
      ReleaseRef release, Duration timeout, Supplier<Display> display, Consumer<String> result) {
    var begin = console.now();
    var end = timeout.isZero() ? Optional.<Instant>empty() : Optional.of(begin.plus(timeout));
    var verdict = follow(release, end, display);
    switch (verdict) {
      case Verdict.Done done -> result.accept(good(release, done, begin));
      case Verdict.Pending pending -> throw timedOut(release, timeout, pending);
      case Verdict.Rejected rejected ->
          throw notRolledOut(
              "REJECTED",
              "release %s was rejected: %s".formatted(release, rejected.reason()),
              "hydra releases");
      case Verdict.Superseded superseded ->
          throw notRolledOut(
              "SUPERSEDED",
              "release %s was replaced by the newer %s before it was everywhere"
                  .formatted(release, superseded.by()),
              "hydra status");
      case Verdict.Staged staged ->
          throw notRolledOut("STAGED", staged.reason(), "hydra promote " + release.version());
      case Verdict.PinnedElsewhere pinned ->
          throw notRolledOut(
              "PINNED",
              "release %s is published, but the channel is pinned to %s"
                  .formatted(release, pinned.pin()),
              "hydra unpin");
    }
  }

  private Verdict follow(ReleaseRef release, Optional<Instant> end, Supplier<Display> displays) {
    try (var display = displays.get();
        var _ = Interruption.onEnd(() -> lastWord(display::close))) {
      return follower.await(release, end, display);
    }
  }

  private void lastWord(Runnable restoreScreen) {
    restoreScreen.run();
    console.note("");
    console.note(
        "the rollout goes on without us; look at it with: " + command("hydra status --watch"));
  }

  private String good(ReleaseRef release, Verdict.Done done, Instant begin) {
    var took =
        Quantities.duration(Duration.ofSeconds(Duration.between(begin, console.now()).toSeconds()));
    if (done.instances() > 0) {
      return "done: %d of %d instances serve %s, after %s"
          .formatted(done.instances(), done.instances(), release, took);
    }
    return done.nodes() > 0
        ? "done: %d nodes have %s, after %s; no instance is registered"
            .formatted(done.nodes(), release, took)
        : "done: %s is published; no instance is registered".formatted(release);
  }

  private CliFailure timedOut(ReleaseRef release, Duration timeout, Verdict.Pending pending) {
    var detail =
        "%s is not everywhere after %s: %s%s"
            .formatted(
                release,
                Quantities.duration(timeout),
                list(pending.missing()),
                pending.reason().isBlank() ? "" : " — " + pending.reason());
    return pending.blocked()
        ? notRolledOut("BLOCKED", detail, "hydra explain")
        : new CliFailure(
            ExitCode.TIMEOUT,
            "TIMEOUT",
            detail,
            Optional.of(
                "the rollout goes on; look at it with: " + command("hydra status --watch")));
  }

  private CliFailure notRolledOut(String code, String detail, String next) {
    return new CliFailure(
        ExitCode.NOT_ROLLED_OUT, code, detail, Optional.of("see: " + command(next)));
  }

  private String command(String start) {
    return "%s --env %s -n %s --release %s"
        .formatted(start, channel.env(), channel.namespace(), channel.name());
  }

  private static String list(List<String> missing) {
    var shown = missing.stream().limit(SHOWN).collect(Collectors.joining("; "));
    return missing.size() > SHOWN
        ? shown + "; and %d more".formatted(missing.size() - SHOWN)
        : shown;
  }
}
