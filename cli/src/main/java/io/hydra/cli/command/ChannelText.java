package io.hydra.cli.command;

import io.hydra.cli.option.BudgetConverter;
import io.hydra.cli.option.ScopeConverter;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Quantities;
import io.hydra.cli.output.Table;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.ChannelView;
import io.hydra.wire.ScopeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One channel as lines for people. */
final class ChannelText {
  private ChannelText() {}

  static List<String> lines(ChannelView channel, boolean coloured) {
    var settings = channel.settings();
    var table = new Table("CHANNEL", channel.id().toString());
    row(table, "head", channel.head().map(ReleaseRef::toString));
    row(table, "pin", channel.pin().map(ReleaseRef::toString));
    row(table, "target", channel.target().map(ReleaseRef::toString));
    row(table, "staged", channel.staged().map(ReleaseRef::toString));
    row(table, "promotion", settings.promotion().map(Object::toString));
    row(table, "version scheme", settings.versionScheme().map(scheme -> scheme.name()));
    row(table, "retain releases", settings.retainReleases().map(Object::toString));
    row(table, "retain for", settings.retainFor().map(Quantities::duration));
    row(table, "retain on node", settings.retainOnNode().map(Object::toString));
    row(table, "max unavailable", settings.maxUnavailable().map(Object::toString));
    row(table, "budget", settings.budget().map(BudgetConverter::written));
    row(table, "node selector", settings.nodeSelector().map(ChannelText::labels));
    row(table, "progress deadline", settings.progressDeadline().map(Quantities::duration));
    row(table, "uptime", settings.uptime().map(Object::toString));
    row(
        table,
        "consumer namespaces",
        settings.consumerNamespaces().map(names -> String.join(", ", new TreeSet<>(names))));
    for (var scope : settings.scopes().orElse(List.of())) {
      row(
          table,
          "scope " + scope.name(),
          Optional.of(ScopeConverter.written(scope, labels(scope.nodeSelector()))));
    }
    channel.scopes().forEach(scope -> row(table, "in " + scope.name(), Optional.of(words(scope))));
    row(table, "revision", Optional.of(Long.toString(channel.revision())));
    return table.lines(coloured);
  }

  private static String words(ScopeView scope) {
    return "head %s%s%s"
        .formatted(
            scope.head().map(ReleaseRef::toString).orElse("none"),
            scope.pin().map(pin -> ", pinned to " + pin).orElse(""),
            scope.staged().map(staged -> ", staged " + staged).orElse(""));
  }

  private static void row(Table table, String name, Optional<String> value) {
    table.row(Cell.of(name), Cell.of(value.filter(text -> !text.isEmpty()).orElse("-")));
  }

  static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
  }
}
