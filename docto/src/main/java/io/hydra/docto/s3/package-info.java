/** Objects of S3, read in ranges. */
@NullMarked
package io.hydra.docto.s3;

import org.jspecify.annotations.NullMarked;
