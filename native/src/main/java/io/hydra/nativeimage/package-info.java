/** Substitutions in libraries for native executables. */
@NullMarked
package io.hydra.nativeimage;

import org.jspecify.annotations.NullMarked;
