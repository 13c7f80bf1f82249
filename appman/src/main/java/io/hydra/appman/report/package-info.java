/** What the manager is told of this instance. */
@NullMarked
package io.hydra.appman.report;

import org.jspecify.annotations.NullMarked;
