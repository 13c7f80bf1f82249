/** The scenario that the demo shows and the end-to-end test asserts. */
@NullMarked
package io.hydra.testing.demo;

import org.jspecify.annotations.NullMarked;
