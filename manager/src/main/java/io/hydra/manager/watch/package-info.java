/** Tells watchers what has changed, from one plan of a channel to the next. */
@NullMarked
package io.hydra.manager.watch;

import org.jspecify.annotations.NullMarked;
