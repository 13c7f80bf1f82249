/** Operations that change what the node has, and the one place that runs them. */
@NullMarked
package io.hydra.docto.operate;

import org.jspecify.annotations.NullMarked;
