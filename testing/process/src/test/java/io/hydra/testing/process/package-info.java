@NullMarked
package io.hydra.testing.process;

import org.jspecify.annotations.NullMarked;
