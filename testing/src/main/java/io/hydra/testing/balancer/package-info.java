/** A small load balancer that honours readiness and hides no failure. */
@NullMarked
package io.hydra.testing.balancer;

import org.jspecify.annotations.NullMarked;
