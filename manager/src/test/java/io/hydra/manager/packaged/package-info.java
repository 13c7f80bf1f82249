/** Tests that run the packaged manager as a process of its own. */
@NullMarked
package io.hydra.manager.packaged;

import org.jspecify.annotations.NullMarked;
