/** Tests of the benchmarks' arithmetic. */
@NullMarked
package io.hydra.testing.bench;

import org.jspecify.annotations.NullMarked;
