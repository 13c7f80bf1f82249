/** Tests of one package. */
@NullMarked
package io.hydra.appman.target;

import org.jspecify.annotations.NullMarked;
