/** Tests of place. */
@NullMarked
package io.hydra.docto.place;

import org.jspecify.annotations.NullMarked;
