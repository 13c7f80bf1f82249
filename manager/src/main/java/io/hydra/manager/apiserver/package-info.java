/** A small client of a Kubernetes API server: single calls, and lists that are followed. */
@NullMarked
package io.hydra.manager.apiserver;

import org.jspecify.annotations.NullMarked;
