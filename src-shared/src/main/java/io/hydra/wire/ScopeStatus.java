package io.hydra.wire;

import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * How far a rollout is in one scope of a channel.
 *
 * @param name empty for what no scope has
 * @param staged what is to be the scope's head next, and what it waits for
 */
public record ScopeStatus(
    Optional<ScopeName> name, RolloutView rollout, Optional<StagedView> staged) {}
