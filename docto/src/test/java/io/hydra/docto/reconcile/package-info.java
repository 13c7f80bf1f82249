/** Tests of reconcile. */
@NullMarked
package io.hydra.docto.reconcile;

import org.jspecify.annotations.NullMarked;
