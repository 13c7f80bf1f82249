package io.hydra.manager.inject.authority;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Objects of the API server, by their paths. */
public interface ClusterObjects {
  JsonNode get(String path) throws IOException, InterruptedException;

  /** Replaces an object, unless it has changed since it was read. */
  void put(String path, JsonNode object) throws IOException, InterruptedException;
}
