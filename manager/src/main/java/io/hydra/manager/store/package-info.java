/** Durable state: keys, values, compare-and-set. */
@NullMarked
package io.hydra.manager.store;

import org.jspecify.annotations.NullMarked;
