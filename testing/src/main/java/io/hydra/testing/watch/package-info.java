/** Looks on while everything else happens: is what readers can see whole at all times? */
@NullMarked
package io.hydra.testing.watch;

import org.jspecify.annotations.NullMarked;
