/** Parts of Hydra that say what they are told to say. */
@NullMarked
package io.hydra.testing.fakes;

import org.jspecify.annotations.NullMarked;
