@NullMarked
package io.hydra.manager.identity;

import org.jspecify.annotations.NullMarked;
