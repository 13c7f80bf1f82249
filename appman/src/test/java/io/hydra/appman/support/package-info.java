/** A manager, a node and applications to test against, and AppMan as a real process. */
@NullMarked
package io.hydra.appman.support;

import org.jspecify.annotations.NullMarked;
