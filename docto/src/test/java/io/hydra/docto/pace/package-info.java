/** Tests of pace. */
@NullMarked
package io.hydra.docto.pace;

import org.jspecify.annotations.NullMarked;
