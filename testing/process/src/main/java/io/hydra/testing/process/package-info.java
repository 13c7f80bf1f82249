/** Programs as processes: started, awaited, killed, ended, and never left behind. */
@NullMarked
package io.hydra.testing.process;

import org.jspecify.annotations.NullMarked;
