/** Hydra in a real Kubernetes. */
@NullMarked
package io.hydra.testing.kubernetes;

import org.jspecify.annotations.NullMarked;
