@NullMarked
package io.hydra.manager.feedback;

import org.jspecify.annotations.NullMarked;
