/**
 * The states of an instance, the plan that leads from one to the next, and what survives a restart.
 */
@NullMarked
package io.hydra.appman.lifecycle;

import org.jspecify.annotations.NullMarked;
