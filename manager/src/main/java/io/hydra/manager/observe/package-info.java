/** What agents report, when they were last heard, and the epochs of this manager's lead. */
@NullMarked
package io.hydra.manager.observe;

import org.jspecify.annotations.NullMarked;
