/** Bodies of the manager's API, as records. */
@NullMarked
package io.hydra.wire;

import org.jspecify.annotations.NullMarked;
