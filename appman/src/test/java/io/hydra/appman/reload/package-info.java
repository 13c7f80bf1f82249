/** Tests of one package. */
@NullMarked
package io.hydra.appman.reload;

import org.jspecify.annotations.NullMarked;
