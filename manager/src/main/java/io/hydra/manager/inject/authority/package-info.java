/** A certificate authority of the manager's own, for the one server that Kubernetes calls. */
@NullMarked
package io.hydra.manager.inject.authority;

import org.jspecify.annotations.NullMarked;
