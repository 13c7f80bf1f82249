package io.hydra.wire;

import java.util.Set;

/**
 * What a manager is.
 *
 * @param version of the program
 * @param environments that it serves
 * @param epoch its newest
 * @param settled whether it knows enough to grant and to let data be removed
 */
public record ManagerInfo(String version, Set<String> environments, long epoch, boolean settled) {}
