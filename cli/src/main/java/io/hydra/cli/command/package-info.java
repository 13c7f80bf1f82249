/** One class a command. */
@NullMarked
package io.hydra.cli.command;

import org.jspecify.annotations.NullMarked;
