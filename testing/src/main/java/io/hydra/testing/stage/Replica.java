package io.hydra.testing.stage;

import io.hydra.testing.process.Program;
import java.net.URI;
import java.nio.file.Path;

/**
 * A running copy of the example service with its AppMan.
 *
 * @param directory where {@code current} lies
 * @param address of the service
 * @param readiness answers 2xx while it may get traffic: its AppMan's word
 */
public record Replica(
    String id,
    String node,
    Path directory,
    Program application,
    Program appman,
    URI address,
    URI readiness) {}
