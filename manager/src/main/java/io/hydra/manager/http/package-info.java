/** What all that answers before the resources has in common. */
@NullMarked
package io.hydra.manager.http;

import org.jspecify.annotations.NullMarked;
