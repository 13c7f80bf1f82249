/** Tests of one package. */
@NullMarked
package io.hydra.appman.lifecycle;

import org.jspecify.annotations.NullMarked;
