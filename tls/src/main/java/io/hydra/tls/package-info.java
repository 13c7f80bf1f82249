/**
 * TLS of all programs: whom a program trusts and who it is, from PEM files that may change while it
 * runs.
 */
@NullMarked
package io.hydra.tls;

import org.jspecify.annotations.NullMarked;
