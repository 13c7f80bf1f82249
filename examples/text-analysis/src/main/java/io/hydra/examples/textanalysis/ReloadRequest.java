package io.hydra.examples.textanalysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/** What {@code POST /reload} asks for. */
sealed interface ReloadRequest {
  /** Serve this release. */
  record Load(Release release) implements ReloadRequest {}

  /** Let go of everything. */
  record Unload() implements ReloadRequest {}

  /**
   * @throws LoadFailure when the request is not understood
   */
  static ReloadRequest read(JsonNode body) throws LoadFailure {
    var action = body.path("action").asText();
    return switch (action) {
      case "unload" -> new Unload();
      case "load" -> new Load(release(body));
      default -> throw new LoadFailure("action '" + action + "' is neither load nor unload");
    };
  }

  private static Release release(JsonNode body) throws LoadFailure {
    if (!body.path("release").isTextual() || !body.path("datasets").isObject()) {
      throw new LoadFailure("to load, 'release' and 'datasets' are needed");
    }
    var datasets = new TreeMap<String, Release.Source>();
    body.path("datasets")
        .properties()
        .forEach(
            dataset ->
                datasets.put(
                    dataset.getKey(),
                    new Release.Source(
                        dataset.getValue().path("path").asText(),
                        dataset.getValue().path("digest").asText())));
    return new Release(body.path("release").asText(), body.path("sequence").asLong(), datasets);
  }
}
