/** Tests of one package. */
@NullMarked
package io.hydra.appman.drain;

import org.jspecify.annotations.NullMarked;
