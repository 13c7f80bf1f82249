/**
 * A service that analyses text with Apache OpenNLP models. It reads them from directories and swaps
 * them on request; it does not know who brings them.
 */
@NullMarked
package io.hydra.examples.textanalysis;

import org.jspecify.annotations.NullMarked;
