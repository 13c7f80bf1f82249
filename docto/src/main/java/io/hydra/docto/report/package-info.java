/** What the node tells: reports, health and metrics. */
@NullMarked
package io.hydra.docto.report;

import org.jspecify.annotations.NullMarked;
