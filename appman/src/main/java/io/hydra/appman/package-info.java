/**
 * The agent beside one instance: carries out the manager's grants, without the application knowing.
 */
@NullMarked
package io.hydra.appman;

import org.jspecify.annotations.NullMarked;
