/** Words of the design as types: channels, releases, datasets, manifests and the data template. */
@NullMarked
package io.hydra.model;

import org.jspecify.annotations.NullMarked;
