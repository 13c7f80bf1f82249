@NullMarked
package io.hydra.testing.history;

import org.jspecify.annotations.NullMarked;
