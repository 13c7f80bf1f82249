/** AppMan as a whole. */
@NullMarked
package io.hydra.appman;

import org.jspecify.annotations.NullMarked;
