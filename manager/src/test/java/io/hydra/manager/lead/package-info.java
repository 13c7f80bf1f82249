@NullMarked
package io.hydra.manager.lead;

import org.jspecify.annotations.NullMarked;
