/**
 * An HTTP/1.1 client for GETs over blocking sockets, for threads of any kind (RFC 9110, RFC 9112).
 */
@NullMarked
package io.hydra.docto.http;

import org.jspecify.annotations.NullMarked;
