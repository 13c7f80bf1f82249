/** The user's contexts, and how a manager and a channel are found from them. */
@NullMarked
package io.hydra.cli.config;

import org.jspecify.annotations.NullMarked;
