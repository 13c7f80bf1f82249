/** What the node's operator chooses, one interface a concern. */
@NullMarked
package io.hydra.docto.config;

import org.jspecify.annotations.NullMarked;
