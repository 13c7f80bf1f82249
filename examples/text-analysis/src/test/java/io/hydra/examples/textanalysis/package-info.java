@NullMarked
package io.hydra.examples.textanalysis;

import org.jspecify.annotations.NullMarked;
