package io.hydra.manager.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.apiserver.Patch;

/**
 * A change of one object of Kubernetes.
 *
 * @param essence what it is about, without what differs each time it is asked for, such as times
 */
record Errand(String path, Patch patch, JsonNode change, Object essence) {}
