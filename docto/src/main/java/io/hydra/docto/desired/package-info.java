/** What the node shall hold, as ordered and as remembered on disk. */
@NullMarked
package io.hydra.docto.desired;

import org.jspecify.annotations.NullMarked;
