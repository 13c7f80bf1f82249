/** Tests of fetch. */
@NullMarked
package io.hydra.docto.fetch;

import org.jspecify.annotations.NullMarked;
