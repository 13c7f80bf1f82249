@NullMarked
package io.hydra.cli.config;

import org.jspecify.annotations.NullMarked;
