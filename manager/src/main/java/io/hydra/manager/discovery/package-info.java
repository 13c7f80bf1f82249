/** Which nodes and instances exist: what agents registered, kept in the store. */
@NullMarked
package io.hydra.manager.discovery;

import org.jspecify.annotations.NullMarked;
