/**
 * Adds AppMan to pods that ask for it: the admission webhook that the API server calls when a pod
 * is created.
 */
@NullMarked
package io.hydra.manager.inject;

import org.jspecify.annotations.NullMarked;
