/** Answers for people: how far a rollout is, and why something is as it is. */
@NullMarked
package io.hydra.manager.explain;

import org.jspecify.annotations.NullMarked;
