/**
 * Thousands of simulated agents in one process: they speak the agents' protocol over real HTTP, and
 * cost as little of the processor as can be, which they share with the manager.
 */
@NullMarked
package io.hydra.testing.fleet;

import org.jspecify.annotations.NullMarked;
