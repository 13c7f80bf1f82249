/** Tests of one package. */
@NullMarked
package io.hydra.appman.config;

import org.jspecify.annotations.NullMarked;
