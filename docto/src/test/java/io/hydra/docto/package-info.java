/** Tests of the packaged program. */
@NullMarked
package io.hydra.docto;

import org.jspecify.annotations.NullMarked;
