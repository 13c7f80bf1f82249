@NullMarked
package io.hydra.testing.fleet;

import org.jspecify.annotations.NullMarked;
