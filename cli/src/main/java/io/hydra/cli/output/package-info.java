/** What a terminal or a script gets to see. */
@NullMarked
package io.hydra.cli.output;

import org.jspecify.annotations.NullMarked;
