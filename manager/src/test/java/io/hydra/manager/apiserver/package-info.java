@NullMarked
package io.hydra.manager.apiserver;

import org.jspecify.annotations.NullMarked;
