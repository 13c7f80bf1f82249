/** What a source of data is, and how it fails. */
@NullMarked
package io.hydra.docto.source;

import org.jspecify.annotations.NullMarked;
