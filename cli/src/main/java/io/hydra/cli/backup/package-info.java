/** All state of a manager in a file, and back. */
@NullMarked
package io.hydra.cli.backup;

import org.jspecify.annotations.NullMarked;
