@NullMarked
package io.hydra.manager.events;

import org.jspecify.annotations.NullMarked;
