@NullMarked
package io.hydra.cli.template;

import org.jspecify.annotations.NullMarked;
