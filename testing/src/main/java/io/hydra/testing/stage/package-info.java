/** The programs of a whole installation, each with a directory, a log and a port of its own. */
@NullMarked
package io.hydra.testing.stage;

import org.jspecify.annotations.NullMarked;
