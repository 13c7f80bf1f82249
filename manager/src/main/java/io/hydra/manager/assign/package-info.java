/**
 * Pure planning of nodes: what each shall hold for a channel, what fits into RAM, what is live
 * there.
 */
@NullMarked
package io.hydra.manager.assign;

import org.jspecify.annotations.NullMarked;
