@NullMarked
package io.hydra.testing.balancer;

import org.jspecify.annotations.NullMarked;
