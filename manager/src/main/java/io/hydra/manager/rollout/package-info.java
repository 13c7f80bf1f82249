/**
 * Pure planning of rollouts: which instance may move to which release, and which release is
 * rejected.
 */
@NullMarked
package io.hydra.manager.rollout;

import org.jspecify.annotations.NullMarked;
