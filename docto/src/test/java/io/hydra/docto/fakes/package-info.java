/** Hand-written counterparts of Docto, and Docto itself as a process. */
@NullMarked
package io.hydra.docto.fakes;

import org.jspecify.annotations.NullMarked;
