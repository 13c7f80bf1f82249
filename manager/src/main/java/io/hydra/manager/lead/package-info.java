/** Which manager leads, and what only the one that leads may do. */
@NullMarked
package io.hydra.manager.lead;

import org.jspecify.annotations.NullMarked;
