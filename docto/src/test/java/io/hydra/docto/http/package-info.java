/** Tests of http. */
@NullMarked
package io.hydra.docto.http;

import org.jspecify.annotations.NullMarked;
