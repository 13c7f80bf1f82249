@NullMarked
package io.hydra.testing.throttle;

import org.jspecify.annotations.NullMarked;
