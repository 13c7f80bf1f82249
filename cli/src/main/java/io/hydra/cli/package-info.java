/** The command line: how it starts, ends and fails. */
@NullMarked
package io.hydra.cli;

import org.jspecify.annotations.NullMarked;
