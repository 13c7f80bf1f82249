@NullMarked
package io.hydra.testing.watch;

import org.jspecify.annotations.NullMarked;
