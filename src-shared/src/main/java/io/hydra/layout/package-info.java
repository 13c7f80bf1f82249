/** Where things lie on a node: the contract between Docto, AppMan and people. */
@NullMarked
package io.hydra.layout;

import org.jspecify.annotations.NullMarked;
