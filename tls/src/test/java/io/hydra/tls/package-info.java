/** Tests of TLS. */
@NullMarked
package io.hydra.tls;

import org.jspecify.annotations.NullMarked;
