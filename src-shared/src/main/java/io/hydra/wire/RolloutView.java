package io.hydra.wire;

import io.hydra.model.ReleaseRef;
import java.util.Optional;

/**
 * A rollout as people see it.
 *
 * @param target what it aims at
 * @param instances of the channel, lost ones included
 * @param onTarget how many of them serve the target
 * @param ready how many take traffic
 * @param reason one sentence: what it waits for, or what was decided last
 */
public record RolloutView(
    RolloutPhase phase,
    Optional<ReleaseRef> target,
    int instances,
    int onTarget,
    int ready,
    String reason) {}
