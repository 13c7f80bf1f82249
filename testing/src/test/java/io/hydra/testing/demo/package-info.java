@NullMarked
package io.hydra.testing.demo;

import org.jspecify.annotations.NullMarked;
