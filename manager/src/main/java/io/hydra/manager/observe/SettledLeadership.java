package io.hydra.manager.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settles when every registered agent was heard, or the grace is over; then for good. */
@ApplicationScoped
public class SettledLeadership implements Leadership {
  private static final int MOST_NAMED = 5;

  private final Term term;
  private final ObservedCluster cluster;
  private final LeaderConfig config;
  private final Clock clock;
  private final Instant since;
  private volatile boolean settled;

  public SettledLeadership(Term term, ObservedCluster cluster, LeaderConfig config, Clock clock) {
    this.term = term;
    this.cluster = cluster;
    this.config = config;
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public long epoch() {
    return term.epoch();
  }

  @Override
  public boolean settled() {
    if (!settled && (graceIsOver() || cluster.unheard().findFirst().isEmpty())) {
      settled = true;
    }
    return settled;
  }

  /** What it waits for, as a sentence; empty when settled. */
  public Optional<String> unsettled() {
    if (settled()) {
      return Optional.empty();
    }
    var unheard = cluster.unheard().limit(MOST_NAMED + 1).toList();
    var named = unheard.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        "the manager has just started and waits until %s to hear of %s%s"
            .formatted(
                since.plus(config.grace()),
                named,
                unheard.size() > MOST_NAMED ? " and others" : ""));
  }

  private boolean graceIsOver() {
    return !clock.instant().isBefore(since.plus(config.grace()));
  }
}
