/** The tick: recomputes the plans of channels that changed and publishes the orders that follow. */
@NullMarked
package io.hydra.manager.reconcile;

import org.jspecify.annotations.NullMarked;
