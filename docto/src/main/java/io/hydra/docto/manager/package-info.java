/** Calls to the manager. */
@NullMarked
package io.hydra.docto.manager;

import org.jspecify.annotations.NullMarked;
