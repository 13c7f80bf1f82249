/** State in Consul, for any number of managers. */
@NullMarked
package io.hydra.manager.store.consul;

import org.jspecify.annotations.NullMarked;
