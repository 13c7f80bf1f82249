/** What the node really has, in memory, with one writer. */
@NullMarked
package io.hydra.docto.actual;

import org.jspecify.annotations.NullMarked;
