/** What the manager, or failing it the node, wants this instance to serve. */
@NullMarked
package io.hydra.appman.target;

import org.jspecify.annotations.NullMarked;
