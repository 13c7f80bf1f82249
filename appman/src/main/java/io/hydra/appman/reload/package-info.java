/** Switching {@code current} and bringing the application onto it. */
@NullMarked
package io.hydra.appman.reload;

import org.jspecify.annotations.NullMarked;
