/** Who calls, and what they may do. */
@NullMarked
package io.hydra.manager.identity;

import org.jspecify.annotations.NullMarked;
