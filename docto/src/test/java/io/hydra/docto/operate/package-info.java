/** Tests of what operations say and do. */
@NullMarked
package io.hydra.docto.operate;

import org.jspecify.annotations.NullMarked;
