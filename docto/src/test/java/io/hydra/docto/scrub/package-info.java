/** Tests of scrub. */
@NullMarked
package io.hydra.docto.scrub;

import org.jspecify.annotations.NullMarked;
