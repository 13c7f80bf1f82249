/** Tests of actual. */
@NullMarked
package io.hydra.docto.actual;

import org.jspecify.annotations.NullMarked;
