@NullMarked
package io.hydra.manager.inject;

import org.jspecify.annotations.NullMarked;
