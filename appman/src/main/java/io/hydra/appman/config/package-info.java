/** What an AppMan is told at its start, checked as a whole. */
@NullMarked
package io.hydra.appman.config;

import org.jspecify.annotations.NullMarked;
