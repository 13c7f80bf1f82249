@NullMarked
package io.hydra.cli.client;

import org.jspecify.annotations.NullMarked;
