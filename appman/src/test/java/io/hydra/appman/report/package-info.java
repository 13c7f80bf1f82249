/** Tests of one package. */
@NullMarked
package io.hydra.appman.report;

import org.jspecify.annotations.NullMarked;
