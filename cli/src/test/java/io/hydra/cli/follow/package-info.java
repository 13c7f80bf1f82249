@NullMarked
package io.hydra.cli.follow;

import org.jspecify.annotations.NullMarked;
