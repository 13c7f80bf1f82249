package io.hydra.wire;

import io.hydra.model.NodeName;
import java.util.Map;

/**
 * A machine that can hold datasets.
 *
 * @param labels for node selectors
 * @param dataRoot absolute path of the node's ROOT
 * @param agentVersion version of its Docto
 */
public record NodeRegistration(
    NodeName name, Map<String, String> labels, String dataRoot, String agentVersion) {}
