/** Reading again, in the background, what lies on the node, before anybody finds it damaged. */
@NullMarked
package io.hydra.docto.scrub;

import org.jspecify.annotations.NullMarked;
