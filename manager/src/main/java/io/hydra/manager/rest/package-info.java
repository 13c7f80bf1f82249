/** The API over HTTP: translates, decides nothing. */
@NullMarked
package io.hydra.manager.rest;

import org.jspecify.annotations.NullMarked;
