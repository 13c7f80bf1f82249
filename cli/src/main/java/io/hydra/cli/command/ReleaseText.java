package io.hydra.cli.command;

import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Quantities;
import io.hydra.cli.output.Table;
import io.hydra.model.Release;
import io.hydra.wire.PublishResult;
import java.util.ArrayList;
import java.util.List;

/** What a publish did, as lines for people. */
final class ReleaseText {
  private ReleaseText() {}

  static List<String> lines(PublishResult result, boolean dryRun, boolean coloured) {
    var release = result.release();
    var lines = new ArrayList<String>();
    lines.add(summary(result, dryRun));
    lines.add("");
    lines.addAll(datasets(release).lines(coloured));
    return lines;
  }

  private static String summary(PublishResult result, boolean dryRun) {
    var release = result.release();
    if (dryRun) {
      return "dry run: would publish %s to %s".formatted(release.version(), release.channel());
    }
    return result.created()
        ? "published %s to %s".formatted(release.ref(), release.channel())
        : "nothing new: %s in %s has this content already"
            .formatted(release.ref(), release.channel());
  }

  private static Table datasets(Release release) {
    var table = new Table("DATASET", "VERSION", "PLACEMENT", "FILES", "SIZE", "DIGEST", "SOURCE");
    for (var dataset : release.datasets()) {
      table.row(
          Cell.of(dataset.name().value()),
          Cell.of(dataset.version().map(Object::toString).orElse("-")),
          Cell.of(dataset.placement().name()),
          Cell.of(Integer.toString(dataset.files())),
          Cell.of(Quantities.bytes(dataset.bytes())),
          Cell.of(dataset.digest().brief()),
          Cell.of(dataset.source()));
    }
    return table;
  }
}
