@NullMarked
package io.hydra.cli.option;

import org.jspecify.annotations.NullMarked;
