/** Tests against a real API server, and real nodes where that is what is tested. */
@NullMarked
package io.hydra.testing.kubernetes;

import org.jspecify.annotations.NullMarked;
