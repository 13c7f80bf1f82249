/** From a data template to a release: find versions, list and freeze files, append. */
@NullMarked
package io.hydra.manager.publish;

import org.jspecify.annotations.NullMarked;
