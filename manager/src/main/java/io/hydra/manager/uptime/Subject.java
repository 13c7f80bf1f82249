package io.hydra.manager.uptime;

import io.hydra.error.HydraException;
import io.hydra.model.Uptime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A workload with all that was said of its uptime. Its own annotation counts before the channel's
 * settings, those before the namespace's annotation.
 *
 * @param ofNamespace the namespace's annotation
 * @param ofChannel the channel's setting
 */
record Subject(Workload workload, Optional<String> ofNamespace, Optional<Uptime> ofChannel) {
  static final String UPTIME = "hydra/uptime";
  static final String EXCLUDE = "hydra/uptime-exclude";

  Subject with(Workload other) {
    return new Subject(other, ofNamespace, ofChannel);
  }

  Rule rule(Instant now) {
    if (workload.memory() instanceof Memory.Unreadable(var why)) {
      return new Rule.Unclear(why);
    }
    var exclude = workload.exclude().map(String::strip).filter(text -> !text.equals("false"));
    return exclude.map(text -> excluded(text, now)).orElseGet(this::windows);
  }

  private Rule excluded(String text, Instant now) {
    if (text.equals("true")) {
      return new Rule.Excluded(Optional.empty());
    }
    try {
      var until = OffsetDateTime.parse(text).toInstant();
      return now.isBefore(until) ? new Rule.Excluded(Optional.of(until)) : windows();
    } catch (DateTimeException unknown) {
      return new Rule.Unclear(
          "annotation %s: '%s' is neither true nor false nor a time such as 2026-12-24T18:00:00+01:00"
              .formatted(EXCLUDE, text));
    }
  }

  private Rule windows() {
    try {
      return own().or(this::channels).or(this::namespaces).orElseGet(Rule.Free::new);
    } catch (HydraException invalid) {
      return new Rule.Unclear("annotation %s: %s".formatted(UPTIME, invalid.detail()));
    }
  }

  private Optional<Rule> own() {
    return workload.uptime().flatMap(text -> rule(Uptime.parse(text), "its annotation"));
  }

  private Optional<Rule> channels() {
    return ofChannel.flatMap(uptime -> rule(uptime, "channel"));
  }

  /** Meant for consumers: other workloads of the namespace are no business of Hydra's. */
  private Optional<Rule> namespaces() {
    return ofNamespace
        .filter(text -> workload.channel().isPresent())
        .flatMap(text -> rule(Uptime.parse(text), "namespace"));
  }

  private static Optional<Rule> rule(Uptime uptime, String source) {
    return uptime.equals(Uptime.NONE)
        ? Optional.empty()
        : Optional.of(new Rule.Windows(uptime, source));
  }
}
