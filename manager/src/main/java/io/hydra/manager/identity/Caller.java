package io.hydra.manager.identity;

import io.hydra.model.ChannelId;
import java.util.List;

/**
 * Who calls, as it was proven, and what that lets them do.
 *
 * @param name for people and the audit
 * @param agents whom it may speak for
 */
public record Caller(String name, List<Grant> grants, List<Agent> agents) {
  public Caller {
    grants = List.copyOf(grants);
    agents = List.copyOf(agents);
  }

  /** Somebody who did not say who he is. */
  static Caller anonymous(Role role) {
    return new Caller("anonymous", List.of(new Grant(role, ChannelPattern.ALL)), List.of());
  }

  public boolean may(Role role, ChannelId channel) {
    return grants.stream()
        .anyMatch(grant -> grant.role().includes(role) && grant.channels().matches(channel));
  }

  /** Whether in some channel. */
  public boolean may(Role role) {
    return grants.stream().anyMatch(grant -> grant.role().includes(role));
  }

  public boolean mayEverywhere(Role role) {
    return grants.stream()
        .anyMatch(grant -> grant.role().includes(role) && grant.channels().isAll());
  }
}
