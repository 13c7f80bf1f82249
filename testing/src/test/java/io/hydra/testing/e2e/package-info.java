/** Tests of all programs together, packaged as they are delivered. */
@NullMarked
package io.hydra.testing.e2e;

import org.jspecify.annotations.NullMarked;
