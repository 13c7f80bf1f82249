/** Tests of the command line; {@code *IT} runs the packaged program. */
@NullMarked
package io.hydra.cli;

import org.jspecify.annotations.NullMarked;
