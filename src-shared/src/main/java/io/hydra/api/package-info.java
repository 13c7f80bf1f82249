/** The manager's REST interfaces, implemented by the manager and called by agents and the CLI. */
@NullMarked
package io.hydra.api;

import org.jspecify.annotations.NullMarked;
