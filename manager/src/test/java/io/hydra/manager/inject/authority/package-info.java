@NullMarked
package io.hydra.manager.inject.authority;

import org.jspecify.annotations.NullMarked;
