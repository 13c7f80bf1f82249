@NullMarked
package io.hydra.testing.s3;

import org.jspecify.annotations.NullMarked;
