package io.hydra.manager.reconcile;

import io.hydra.model.Release;
import java.util.Optional;

/**
 * What an instance shall be told.
 *
 * @param release to be on; empty: to stay as it is
 */
public record InstanceOrder(Optional<Release> release, boolean letGo) {}
