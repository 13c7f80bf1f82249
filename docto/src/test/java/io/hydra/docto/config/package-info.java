/** Tests of config. */
@NullMarked
package io.hydra.docto.config;

import org.jspecify.annotations.NullMarked;
