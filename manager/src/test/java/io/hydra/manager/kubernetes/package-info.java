@NullMarked
package io.hydra.manager.kubernetes;

import org.jspecify.annotations.NullMarked;
