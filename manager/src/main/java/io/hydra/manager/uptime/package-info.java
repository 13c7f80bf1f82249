/**
 * Scales consumers in Kubernetes to zero outside of their uptime windows and back, and has data
 * brought before.
 */
@NullMarked
package io.hydra.manager.uptime;

import org.jspecify.annotations.NullMarked;
