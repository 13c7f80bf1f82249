/** Files and directories of the node: staging, store, RAM, live files, space. */
@NullMarked
package io.hydra.docto.place;

import org.jspecify.annotations.NullMarked;
