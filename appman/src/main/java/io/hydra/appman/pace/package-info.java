/** Times between tries, and waking before they are over. */
@NullMarked
package io.hydra.appman.pace;

import org.jspecify.annotations.NullMarked;
