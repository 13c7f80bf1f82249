/** The way of bytes from a source into staging. */
@NullMarked
package io.hydra.docto.fetch;

import org.jspecify.annotations.NullMarked;
