@NullMarked
package io.hydra.testing.models;

import org.jspecify.annotations.NullMarked;
