package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Map;

/** Pods and settings for tests. */
final class Pods {
  static final ObjectMapper JSON = new ObjectMapper();

  private Pods() {}

  static InjectionConfig config(String... keysAndValues) {
    var builder =
        new SmallRyeConfigBuilder()
            .withMapping(InjectionConfig.class)
            .withDefaultValue("quarkus.http.host", "127.0.0.1");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.withDefaultValue(
          "hydra.kubernetes.injection." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return builder.build().getConfigMapping(InjectionConfig.class);
  }

  /** With one container, and annotations besides {@code hydra/inject}. */
  static ObjectNode pod(Map<String, String> annotations) {
    return pod(
        annotations,
        """
        {"containers": [{"name": "main", "image": "example/main:1"}]}
        """);
  }

  static ObjectNode pod(Map<String, String> annotations, String spec) {
    var pod = (ObjectNode) json("{\"metadata\":{\"generateName\":\"searcher-\"}}");
    var all = ((ObjectNode) pod.path("metadata")).putObject("annotations");
    all.put("hydra/inject", "true");
    annotations.forEach(all::put);
    pod.set("spec", json(spec));
    return pod;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** As the API server does it (RFC 6902), for additions. */
  static ObjectNode patched(ObjectNode pod, ArrayNode operations) {
    var changed = pod.deepCopy();
    for (var operation : operations) {
      if (!operation.path("op").asText().equals("add")) {
        throw new IllegalArgumentException(operation + " is no addition");
      }
      var path = operation.path("path").asText();
      int last = path.lastIndexOf('/');
      add(changed.at(path.substring(0, last)), path.substring(last + 1), operation.path("value"));
    }
    return changed;
  }

  private static void add(JsonNode parent, String last, JsonNode value) {
    switch (parent) {
      case ObjectNode object -> object.set(last, value.deepCopy());
      case ArrayNode list when last.equals("-") -> list.add(value.deepCopy());
      case ArrayNode list -> list.insert(Integer.parseInt(last), value.deepCopy());
      default -> throw new IllegalArgumentException("nothing can be added to " + parent);
    }
  }
}
