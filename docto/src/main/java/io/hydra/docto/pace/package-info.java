/** When things happen: loops, wake-ups and growing delays. */
@NullMarked
package io.hydra.docto.pace;

import org.jspecify.annotations.NullMarked;
