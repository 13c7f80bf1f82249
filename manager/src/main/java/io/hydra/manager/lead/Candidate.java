package io.hydra.manager.lead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.UUID;

/**
 * A manager that may lead.
 *
 * @param id of this run of it
 * @param url where other managers reach it
 * @param lease for how long after a beat it may give orders; zero where its entry does not say, as
 *     that of an older manager
 */
record Candidate(String id, URI url, Duration lease) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Candidate at(URI url, Duration lease) {
    return new Candidate(UUID.randomUUID().toString(), url, lease);
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(
          JSON.createObjectNode()
              .put("id", id)
              .put("url", url.toString())
              .put("lease", lease.toString()));
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  static Candidate read(byte[] bytes) {
    try {
      var node = JSON.readTree(bytes);
      return new Candidate(
          node.path("id").asText(), URI.create(node.path("url").asText()), lease(node));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the entry that names the leading manager is damaged", e);
    }
  }

  private static Duration lease(JsonNode node) {
    return node.has("lease") ? Duration.parse(node.path("lease").asText()) : Duration.ZERO;
  }
}
