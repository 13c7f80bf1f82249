@NullMarked
package io.hydra.manager.uptime;

import org.jspecify.annotations.NullMarked;
