/** Data templates as files. */
@NullMarked
package io.hydra.cli.template;

import org.jspecify.annotations.NullMarked;
