package io.hydra.manager.observe;

import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settles when every registered agent was heard and it is known where else consumers are, or the
 * grace is over; then for good.
 */
@LeadScoped
public class SettledLeadership implements Leadership {
  private static final int MOST_NAMED = 5;

  private final Term term;
  private final ObservedCluster cluster;
  private final Whereabouts whereabouts;
  private final LeaderConfig config;
  private final Clock clock;
  private final Instant since;
  private volatile boolean settled;

  public SettledLeadership(
      Term term,
      ObservedCluster cluster,
      Whereabouts whereabouts,
      LeaderConfig config,
      Clock clock) {
    this.term = term;
    this.cluster = cluster;
    this.whereabouts = whereabouts;
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
    if (!settled && (graceIsOver() || unheard().findFirst().isEmpty())) {
      settled = true;
    }
    return settled;
  }

  /** What it waits for, as a sentence; empty when settled. */
  public Optional<String> unsettled() {
    if (settled()) {
      return Optional.empty();
    }
    var unheard = unheard().limit(MOST_NAMED + 1).toList();
    var named = unheard.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        "the manager has just started and waits until %s to hear of %s%s"
            .formatted(
                since.plus(config.grace()),
                named,
                unheard.size() > MOST_NAMED ? " and others" : ""));
  }

  private Stream<String> unheard() {
    return Stream.concat(
        cluster.unheard(),
        whereabouts.isComplete() ? Stream.empty() : Stream.of("the pods of Kubernetes"));
  }

  private boolean graceIsOver() {
    return !clock.instant().isBefore(since.plus(config.grace()));
  }
}
