/** How the manager's HTTP server is opened. */
@NullMarked
package io.hydra.manager.serve;

import org.jspecify.annotations.NullMarked;
