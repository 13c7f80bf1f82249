/** Tests of verify. */
@NullMarked
package io.hydra.docto.verify;

import org.jspecify.annotations.NullMarked;
