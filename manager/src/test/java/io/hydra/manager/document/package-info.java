/** The OpenAPI document: whether it is complete, and compatible with that of before. */
@NullMarked
package io.hydra.manager.document;

import org.jspecify.annotations.NullMarked;
