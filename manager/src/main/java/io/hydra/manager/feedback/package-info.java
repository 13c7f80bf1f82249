/** Writes what the manager knows on pods and nodes of Kubernetes, and tells it by Events. */
@NullMarked
package io.hydra.manager.feedback;

import org.jspecify.annotations.NullMarked;
