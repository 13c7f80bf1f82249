/** Proof that bytes are what the manifest says. */
@NullMarked
package io.hydra.docto.verify;

import org.jspecify.annotations.NullMarked;
