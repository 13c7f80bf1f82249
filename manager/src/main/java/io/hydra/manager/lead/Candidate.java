package io.hydra.manager.lead;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;

/**
 * A manager that may lead.
 *
 * @param id of this run of it
 * @param url where other managers reach it
 */
record Candidate(String id, URI url) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Candidate at(URI url) {
    return new Candidate(UUID.randomUUID().toString(), url);
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(
          JSON.createObjectNode().put("id", id).put("url", url.toString()));
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  static Candidate read(byte[] bytes) {
    try {
      var node = JSON.readTree(bytes);
      return new Candidate(node.path("id").asText(), URI.create(node.path("url").asText()));
    } catch (IOException | IllegalArgumentException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the entry that names the leading manager is damaged", e);
    }
  }
}
