/** Holds the arrows between packages and modules. */
@NullMarked
package io.hydra.testing.architecture;

import org.jspecify.annotations.NullMarked;
