/** Which nodes and instances exist: what agents register, and others tell. */
@NullMarked
package io.hydra.manager.discovery;

import org.jspecify.annotations.NullMarked;
