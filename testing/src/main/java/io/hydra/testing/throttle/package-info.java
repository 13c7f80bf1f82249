/** An S3 server that takes only so many requests a second, as clients see it. */
@NullMarked
package io.hydra.testing.throttle;

import org.jspecify.annotations.NullMarked;
