/** JSON and YAML, written and read. */
@NullMarked
package io.hydra.cli.document;

import org.jspecify.annotations.NullMarked;
