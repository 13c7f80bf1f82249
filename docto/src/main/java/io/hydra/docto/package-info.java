/** Docto, the agent on each node: it brings the node's data to what the manager desires. */
@NullMarked
package io.hydra.docto;

import org.jspecify.annotations.NullMarked;
