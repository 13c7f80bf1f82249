/** Steady, verified requests. */
@NullMarked
package io.hydra.testing.traffic;

import org.jspecify.annotations.NullMarked;
