package io.hydra.cli.command;

import io.hydra.cli.client.Pages;
import io.hydra.cli.client.Session;
import io.hydra.cli.option.ChannelOptions;
import io.hydra.cli.option.OutputOptions;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Quantities;
import io.hydra.cli.output.Style;
import io.hydra.cli.output.Table;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.Page;
import io.hydra.wire.ReleaseView;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hydra releases}. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    description = "List a channel's releases, newest first.",
    footer = {
      "hydra releases --env prod -n search --release searcher",
      "hydra releases -o json | jq -r '.items[].release.version'"
    })
public final class Releases implements Runnable {
  private final Session session;
  private final Console console;

  @Mixin ChannelOptions options = new ChannelOptions();
  @Mixin OutputOptions output = new OutputOptions();

  public Releases(Session session, Console console) {
    this.session = session;
    this.console = console;
  }

  @Override
  public void run() {
    var destination = session.destination(options.wanted());
    var id = destination.channel();
    var manager = session.manager(destination);
    Page<ReleaseView> page =
        Pages.all(
            cursor ->
                manager.channels(
                    api -> api.releases(id.env(), id.namespace(), id.name(), cursor, Pages.SIZE)));
    if (!output.table()) {
      console.document(output.format(), page);
      return;
    }
    if (page.items().isEmpty()) {
      console.note("channel %s has no release yet; see `hydra publish --help`".formatted(id));
      return;
    }
    console.lines(table(page).lines(console.outColoured()));
  }

  private Table table(Page<ReleaseView> page) {
    var table = new Table("#", "VERSION", "PUBLISHED", "DATASETS", "SIZE", "STATE");
    for (var view : page.items()) {
      var release = view.release();
      table.row(
          Cell.of(Long.toString(release.sequence())),
          Cell.of(release.version().value()),
          Cell.of(console.time(release.publishedAt())),
          Cell.of(Integer.toString(release.datasets().size())),
          Cell.of(
              Quantities.bytes(release.datasets().stream().mapToLong(ReleaseDataset::bytes).sum())),
          state(view));
    }
    return table;
  }

  private static Cell state(ReleaseView view) {
    var words = new ArrayList<String>();
    if (view.head()) {
      words.add("head");
    }
    if (view.pinned()) {
      words.add("pinned");
    }
    view.headIn().forEach(scope -> words.add("head in " + scope));
    view.pinnedIn().forEach(scope -> words.add("pinned in " + scope));
    if (view.staged()) {
      words.add("staged");
    }
    view.rejectedIn().forEach(scope -> words.add("rejected in " + scope));
    view.rejected().ifPresent(rejection -> words.add("rejected: " + rejection.reason()));
    var style =
        view.rejected().isPresent()
            ? Style.BAD
            : view.head() || view.pinned() ? Style.GOOD : Style.PLAIN;
    return new Cell(String.join(", ", words), style);
  }
}
