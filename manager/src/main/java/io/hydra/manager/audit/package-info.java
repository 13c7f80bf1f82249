/** Who changed what: the lines of the category {@code hydra.audit}. */
@NullMarked
package io.hydra.manager.audit;

import org.jspecify.annotations.NullMarked;
