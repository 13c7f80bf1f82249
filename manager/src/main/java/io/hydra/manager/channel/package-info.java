/** State of channels and their releases. */
@NullMarked
package io.hydra.manager.channel;

import org.jspecify.annotations.NullMarked;
