/** Tells by Kubernetes Events, where people look, what happens to pods and workloads. */
@NullMarked
package io.hydra.manager.events;

import org.jspecify.annotations.NullMarked;
