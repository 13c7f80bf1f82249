package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.store.ChannelStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How keys are named in Consul, and read from its answers. */
record KeySpace(String prefix) {
  /** Every managed key lies below it. */
  String name(String key) {
    return prefix + "/state/" + key;
  }

  /** The key of the log of changes, which is none of the state. */
  String log() {
    return prefix + "/changes";
  }

  /** The path of a key, or of all keys that begin so. */
  static String path(String name) {
    return "/v1/kv/"
        + Arrays.stream(name.split("/", -1))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
  }

  /** Ordered by key. */
  List<Entry> entries(JsonNode answer) {
    return StreamSupport.stream(answer.spliterator(), false)
        .map(this::entry)
        .sorted(Comparator.comparing(Entry::key))
        .toList();
  }

  /** Ordered. */
  List<String> keys(JsonNode answer) {
    return StreamSupport.stream(answer.spliterator(), false)
        .map(name -> key(name.asText()))
        .sorted()
        .toList();
  }

  /** The entry of a single key; empty where there is none. */
  Optional<Entry> single(JsonNode answer) {
    return answer.size() == 0 ? Optional.empty() : Optional.of(entry(answer.get(0)));
  }

  /** Those of a transaction's results that are there. */
  List<Entry> found(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .map(result -> entry(result.path("KV")))
        .filter(entry -> entry.revision() > 0)
        .toList();
  }

  private Entry entry(JsonNode node) {
    return new Entry(
        key(node.path("Key").asText()), value(node), node.path("ModifyIndex").asLong());
  }

  private String key(String name) {
    var root = name("");
    return name.startsWith(root) ? name.substring(root.length()) : name;
  }

  private static byte[] value(JsonNode node) {
    try {
      var value = node.path("Value");
      return value.isTextual() ? value.binaryValue() : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
