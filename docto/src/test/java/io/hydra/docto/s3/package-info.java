/** Tests of s3. */
@NullMarked
package io.hydra.docto.s3;

import org.jspecify.annotations.NullMarked;
