/** Pure planning of what a channel may forget. */
@NullMarked
package io.hydra.manager.retention;

import org.jspecify.annotations.NullMarked;
