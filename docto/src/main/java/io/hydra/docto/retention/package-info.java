/** What the node must keep and what it may remove. */
@NullMarked
package io.hydra.docto.retention;

import org.jspecify.annotations.NullMarked;
