/** Whether what several clients saw of a channel can have happened one after another. */
@NullMarked
package io.hydra.testing.history;

import org.jspecify.annotations.NullMarked;
