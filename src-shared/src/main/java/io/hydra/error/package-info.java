/** Stable error codes and the problem bodies (RFC 9457) that carry them. */
@NullMarked
package io.hydra.error;

import org.jspecify.annotations.NullMarked;
