package io.hydra.cli.command;

import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.option.ScopeOption;
import io.hydra.cli.option.TimeConverter;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Table;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.Page;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description =
        "List what consumers of a channel should be on since when, who changed it and how: the last 64 changes, newest first.",
    footer = {
      "hydra history --env prod -n search --release searcher",
      "hydra history --at 2026-03-28T12:00:00+01:00",
      "hydra history --at 2026-03-28T12:00 -o json | jq -r .target.version"
    })
public final class History implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Only what held at this time, such as 2026-03-28T12:00:00+01:00; without an offset, by the clock here.")
  Optional<Instant> at = Optional.empty();

  @Mixin ScopeOption scope = new ScopeOption();
  @Mixin OutputOptions output = new OutputOptions();

  public History(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var manager = session.manager(destination);
    if (at.isEmpty()) {
      list(id, manager.channels(api -> ofScope(api.history(id.env(), id.namespace(), id.name()))));
      return;
    }
    var time = at.map(Instant::toString);
    var name = scope.scope().map(ScopeName::value);
    tell(id, manager.channels(api -> api.headAt(id.env(), id.namespace(), id.name(), time, name)));
  }

  private Page<HeadChange> ofScope(Page<HeadChange> page) {
    if (scope.scope().isEmpty()) {
      return page;
    }
    return new Page<>(
        page.items().stream().filter(change -> change.scope().equals(scope.scope())).toList(),
        page.next());
  }

  private void tell(ChannelId id, HeadAt then) {
    if (!output.table()) {
      console.document(output.format(), then);
      return;
    }
    var since = then.since();
    console.line(
        "at %s consumers of %s should be on %s: %s at %s by %s"
            .formatted(
                console.time(then.at()),
                scope
                    .scope()
                    .map(name -> "scope %s of %s".formatted(name, id))
                    .orElse(id.toString()),
                then.target().map(ReleaseRef::toString).orElse("nothing"),
                words(since.cause()),
                console.time(since.at()),
                Cell.harmless(since.by())));
  }

  private void list(ChannelId id, Page<HeadChange> page) {
    if (!output.table()) {
      console.document(output.format(), page);
      return;
    }
    if (page.items().isEmpty()) {
      console.note("nothing has changed in channel %s since its history is kept".formatted(id));
      return;
    }
    var table = new Table("SINCE", "CHANGE", "SCOPE", "HEAD", "PIN", "BY");
    for (var change : page.items()) {
      table.row(
          Cell.of(console.time(change.at())),
          Cell.of(words(change.cause())),
          Cell.of(change.scope().map(ScopeName::value).orElse("-")),
          Cell.of(change.head().map(ReleaseRef::toString).orElse("-")),
          Cell.of(change.pin().map(ReleaseRef::toString).orElse("-")),
          Cell.of(change.by()));
    }
    console.lines(table.lines(console.outColoured()));
  }

  private static String words(HeadChange.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
