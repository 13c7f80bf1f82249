/** When an instance that takes no new traffic has finished what it had in hand. */
@NullMarked
package io.hydra.appman.drain;

import org.jspecify.annotations.NullMarked;
