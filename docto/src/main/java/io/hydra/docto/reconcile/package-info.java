/** The tick: detect, plan, execute. */
@NullMarked
package io.hydra.docto.reconcile;

import org.jspecify.annotations.NullMarked;
