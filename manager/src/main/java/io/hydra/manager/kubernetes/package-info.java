/** Hydra's consumers as a Kubernetes API server tells of them. */
@NullMarked
package io.hydra.manager.kubernetes;

import org.jspecify.annotations.NullMarked;
