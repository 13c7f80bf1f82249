/** Tests of one package. */
@NullMarked
package io.hydra.appman.health;

import org.jspecify.annotations.NullMarked;
