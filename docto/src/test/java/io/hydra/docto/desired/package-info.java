/** Tests of desired. */
@NullMarked
package io.hydra.docto.desired;

import org.jspecify.annotations.NullMarked;
