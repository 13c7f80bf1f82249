/** What the application says of itself, and what follows for readiness. */
@NullMarked
package io.hydra.appman.health;

import org.jspecify.annotations.NullMarked;
