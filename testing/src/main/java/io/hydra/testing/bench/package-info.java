/** Benchmarks: each prints a table and writes its rows as JSON. */
@NullMarked
package io.hydra.testing.bench;

import org.jspecify.annotations.NullMarked;
