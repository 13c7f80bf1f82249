package io.hydra.wire;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a manager is.
 *
 * @param version of the program
 * @param environments that it serves
 * @param epoch its newest; 0 while it does not lead
 * @param settled whether it knows enough to grant and to let data be removed
 * @param leads whether it gives orders; one that does not sends on what only the leader can answer
 * @param leader where the manager is that does, if another one and known
 */
public record ManagerInfo(
    String version,
    Set<String> environments,
    long epoch,
    boolean settled,
    boolean leads,
    Optional<URI> leader) {}
