/** Tests of report. */
@NullMarked
package io.hydra.docto.report;

import org.jspecify.annotations.NullMarked;
