package io.hydra.manager.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAPI document, as it is written.
 *
 * @param root of it
 */
record OpenApi(JsonNode root) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  /** One operation. */
  record Operation(String method, String path, JsonNode node) {
    String id() {
      return node.path("operationId").asText();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static OpenApi parse(String yaml) {
    try {
      return new OpenApi(YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OpenApi read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Operation> operations() {
    var all = new ArrayList<Operation>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(Map.Entry::getKey)
                    .map(
                        method ->
                            new Operation(method, path.getKey(), path.getValue().path(method)))
                    .forEach(all::add));
    return all;
  }

  /** What a {@code $ref} points at; a node without one is itself. */
  JsonNode resolve(JsonNode node) {
    var at = node;
    for (int steps = 0; at.has("$ref"); steps++) {
      if (steps > 100) {
        throw new IllegalStateException("references go round in a circle: " + node);
      }
      at = root.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }
}
