@NullMarked
package io.hydra.cli.output;

import org.jspecify.annotations.NullMarked;
