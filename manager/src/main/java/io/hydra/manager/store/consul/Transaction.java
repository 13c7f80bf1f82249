package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.store.ChannelStore.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The body of Consul's {@code /v1/txn}, and what its answer says. */
final class Transaction {
  /** What Consul says of an operation whose key was not as expected; all else is a fault. */
  private static final List<String> NOT_AS_EXPECTED =
      List.of("index is stale", "failed to check index", "failed index check", "\" exists");

  private final ArrayNode body = JsonNodeFactory.instance.arrayNode();

  /** Of each operation in the body, the key as callers know it. */
  private final List<String> keys = new ArrayList<>();

  private final long mark;

  /**
   * @param mark unlike that of any other transaction. It becomes the keys' flags, since Consul
   *     leaves a key's revision as it is where value and flags are what is there.
   */
  Transaction(long mark) {
    this.mark = mark;
  }

  /**
   * @param name of the key in Consul
   */
  void add(Operation operation, String name) {
    switch (operation) {
      case Operation.Put(var key, var value) -> write(key, "set", name, value, 0);
      case Operation.PutIf(var key, var value, var expected) ->
          write(key, "cas", name, value, expected);
      case Operation.Check(var key, var expected) -> check(key, name, expected);
      // Not "delete-cas", which finds nothing wrong with a key that is not there.
      case Operation.DeleteIf(var key, var expected) -> {
        check(key, name, expected);
        put(key, "delete", name);
      }
    }
  }

  /**
   * The body of one that reads what is there of these keys.
   *
   * @param names of the keys in Consul
   */
  static JsonNode reading(List<String> names) {
    var body = JsonNodeFactory.instance.arrayNode();
    names.forEach(
        name -> body.addObject().putObject("KV").put("Verb", "get-or-empty").put("Key", name));
    return body;
  }

  private void write(String key, String verb, String name, byte[] value, long expected) {
    put(key, verb, name).put("Value", value).put("Index", expected).put("Flags", mark);
  }

  private void check(String key, String name, long expected) {
    if (expected == 0) {
      put(key, "check-not-exists", name);
      return;
    }
    put(key, "check-index", name).put("Index", expected);
  }

  private ObjectNode put(String key, String verb, String name) {
    keys.add(key);
    return body.addObject().putObject("KV").put("Verb", verb).put("Key", name);
  }

  JsonNode body() {
    return body;
  }

  /** The revision of the transaction, from the answer to one that wrote something. */
  long revision(JsonNode answer) {
    return StreamSupport.stream(answer.path("Results").spliterator(), false)
        .mapToLong(result -> result.path("KV").path("ModifyIndex").asLong())
        .max()
        .orElse(0);
  }

  /**
   * The first key that was not as expected, by the answer to one that was rolled back; empty where
   * it was rolled back for another reason.
   */
  Optional<String> conflict(JsonNode answer) {
    var first = firstError(answer);
    if (first.isEmpty() || !isAllAsExpected(answer)) {
      return Optional.empty();
    }
    return Optional.of(keys.get(first.getAsInt()));
  }

  private OptionalInt firstError(JsonNode answer) {
    var errors = answer.path("Errors");
    return IntStream.range(0, errors.size()).map(i -> errors.get(i).path("OpIndex").asInt()).min();
  }

  private static boolean isAllAsExpected(JsonNode answer) {
    return StreamSupport.stream(answer.path("Errors").spliterator(), false)
        .map(error -> error.path("What").asText())
        .allMatch(what -> NOT_AS_EXPECTED.stream().anyMatch(what::contains));
  }
}
