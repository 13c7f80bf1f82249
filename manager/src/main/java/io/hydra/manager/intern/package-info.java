/** One object instead of many equal ones, where thousands of agents and channels say the same. */
@NullMarked
package io.hydra.manager.intern;

import org.jspecify.annotations.NullMarked;
