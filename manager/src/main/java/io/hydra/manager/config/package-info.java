/** Settings, one small interface a concern. */
@NullMarked
package io.hydra.manager.config;

import org.jspecify.annotations.NullMarked;
