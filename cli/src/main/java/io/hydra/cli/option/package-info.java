/** Options that several commands share. */
@NullMarked
package io.hydra.cli.option;

import org.jspecify.annotations.NullMarked;
