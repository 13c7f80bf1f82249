package io.hydra.cli.command;

import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pause;
import io.hydra.cli.client.Retry;
import io.hydra.cli.follow.Displays;
import io.hydra.cli.follow.Follower;
import io.hydra.cli.follow.RolloutWait;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.WaitOptions;
import io.hydra.cli.output.Console;
import io.hydra.model.ChannelId;
import io.hydra.wire.PublishResult;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A publish on its way, however it came about. */
record Publication(Manager manager, ChannelId channel, Console console, Pause pause) {

  /**
   * Has it done. One key for all tries: a try whose answer was lost is recognised, and not done
   * twice.
   *
   * @param call given the key
   */
  PublishResult send(Function<Optional<String>, PublishResult> call) {
    var key = Optional.of(UUID.randomUUID().toString());
    return new Retry(pause, RandomGenerator.getDefault())
        .run(() -> call.apply(key), why -> console.note("trying again: " + why));
  }

  void show(PublishResult result, boolean dryRun, OutputOptions output) {
    if (!output.table()) {
      console.document(output.format(), result);
      return;
    }
    console.lines(ReleaseText.lines(result, dryRun, console.outColoured()));
  }

  /** Waits where that is wanted. */
  void await(PublishResult result, WaitOptions waiting, OutputOptions output) {
    if (!waiting.wanted()) {
      return;
    }
    new RolloutWait(new Follower(manager, channel, pause, console.clock()), console, channel)
        .await(
            result.release().ref(),
            waiting.timeout(),
            () -> Displays.ofProgress(console, output.format()),
            output.table() ? console::line : console::note);
  }
}
