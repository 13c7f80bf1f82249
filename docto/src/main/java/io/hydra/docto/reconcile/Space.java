package io.hydra.docto.reconcile;

import java.util.OptionalLong;

/**
 * Free space as measured.
 *
 * @param disk bytes that may still be written below ROOT
 * @param ram bytes that may still be written below RAM_ROOT; empty on a node without one
 */
record Space(long disk, OptionalLong ram) {}
