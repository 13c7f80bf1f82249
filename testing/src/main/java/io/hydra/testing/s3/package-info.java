/** An S3 server as a process of its own, and uploads to it. */
@NullMarked
package io.hydra.testing.s3;

import org.jspecify.annotations.NullMarked;
