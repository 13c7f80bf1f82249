/** The Apache OpenNLP models that demo and tests publish. */
@NullMarked
package io.hydra.testing.models;

import org.jspecify.annotations.NullMarked;
