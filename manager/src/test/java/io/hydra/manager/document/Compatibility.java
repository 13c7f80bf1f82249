package io.hydra.manager.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.document.OpenApi.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a client that was made for an older document could not take of a newer one. OpenAPI's own
 * tools for it pass over changes of types in documents of version 3.1
 * (OpenAPITools/openapi-diff#745, #910).
 */
final class Compatibility {
  /** Of an answer: the codes that its problem may have. */
  private static final String CODES = "x-error-codes";

  private final OpenApi before;
  private final OpenApi after;
  private final List<String> breaks = new ArrayList<>();
  private final SecurityComparison security;

  private Compatibility(OpenApi before, OpenApi after) {
    this.before = before;
    this.after = after;
    this.security = new SecurityComparison(before, after, this::tell);
  }

  /** Each incompatible change as a sentence; empty where there is none. */
  static List<String> breaks(OpenApi before, OpenApi after) {
    var comparison = new Compatibility(before, after);
    comparison.compareOperations();
    comparison.security.compareSchemes();
    return List.copyOf(comparison.breaks);
  }

  private void compareOperations() {
    var now =
        after.operations().stream()
            .collect(Collectors.toMap(Operation::toString, operation -> operation));
    for (var old : before.operations()) {
      var same = now.get(old.toString());
      if (same == null) {
        tell(old.toString(), "is gone");
        continue;
      }
      compare(old, same);
    }
  }

  private void compare(Operation old, Operation now) {
    var where = old.toString();
    if (!old.id().equals(now.id())) {
      tell(where, "has another operationId: %s, not %s".formatted(now.id(), old.id()));
    }
    security.compare(where, old, now);
    compareParameters(where, parameters(before, old), parameters(after, now));
    compareRequests(
        where + " request",
        before.resolve(old.node().path("requestBody")),
        after.resolve(now.node().path("requestBody")));
    compareResponses(where, old.node().path("responses"), now.node().path("responses"));
  }

  private static Map<String, JsonNode> parameters(OpenApi document, Operation operation) {
    var found = new LinkedHashMap<String, JsonNode>();
    for (var written : operation.node().path("parameters")) {
      var parameter = document.resolve(written);
      found.put(parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
    }
    return found;
  }

  private void compareParameters(
      String where, Map<String, JsonNode> olds, Map<String, JsonNode> nows) {
    olds.forEach(
        (name, old) -> {
          var now = nows.get(name);
          if (now == null) {
            tell(where, "has no parameter '%s' any more".formatted(name));
            return;
          }
          schemas(Direction.REQUEST)
              .compare(where + " parameter '" + name + "'", old.path("schema"), now.path("schema"));
        });
    nows.forEach(
        (name, now) -> {
          boolean wasRequired =
              olds.containsKey(name) && olds.get(name).path("required").asBoolean();
          if (now.path("required").asBoolean() && !wasRequired) {
            tell(where, "now requires the parameter '%s'".formatted(name));
          }
        });
  }

  private void compareRequests(String where, JsonNode old, JsonNode now) {
    if (now.path("required").asBoolean() && !old.path("required").asBoolean()) {
      tell(where, "is now required");
    }
    if (!old.isMissingNode() && now.isMissingNode()) {
      tell(where, "has no body any more");
      return;
    }
    compareContents(where, Direction.REQUEST, old.path("content"), now.path("content"));
  }

  private void compareContents(String where, Direction direction, JsonNode olds, JsonNode nows) {
    for (var old : olds.properties()) {
      var now = nows.path(old.getKey());
      if (now.isMissingNode()) {
        tell(where, "is not %s any more".formatted(old.getKey()));
        continue;
      }
      schemas(direction).compare(where, old.getValue().path("schema"), now.path("schema"));
    }
  }

  private void compareResponses(String where, JsonNode olds, JsonNode nows) {
    for (var old : olds.properties()) {
      var status = old.getKey();
      var place = where + " response " + status;
      var now = after.resolve(nows.path(status));
      if (now.isMissingNode()) {
        tell(place, "is gone");
        continue;
      }
      var was = before.resolve(old.getValue());
      compareCodes(place, texts(was.path(CODES)), texts(now.path(CODES)));
      compareContents(place, Direction.RESPONSE, was.path("content"), now.path("content"));
      was.path("headers")
          .fieldNames()
          .forEachRemaining(
              header -> {
                if (!now.path("headers").has(header)) {
                  tell(place, "has no header %s any more".formatted(header));
                }
              });
    }
    nows.fieldNames()
        .forEachRemaining(
            status -> {
              if (status.startsWith("2") && !olds.has(status)) {
                tell(where, "may now succeed with status " + status);
              }
            });
  }

  /** Who waits for a code that is called otherwise now waits in vain. */
  private void compareCodes(String where, List<String> olds, List<String> nows) {
    var gone = new ArrayList<>(olds);
    gone.removeAll(nows);
    if (!gone.isEmpty()) {
      tell(where, "does not have the codes %s any more".formatted(gone));
    }
  }

  private SchemaComparison schemas(Direction direction) {
    return new SchemaComparison(before, after, direction, this::tell);
  }

  private void tell(String where, String what) {
    breaks.add(where + " " + what);
  }

  /** Which way data goes: what may be sent must not become less, what is told not more. */
  enum Direction {
    REQUEST,
    RESPONSE
  }

  /** Names of a list. */
  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** A copy that may be changed. */
  static Map<String, JsonNode> properties(JsonNode object) {
    var found = new HashMap<String, JsonNode>();
    object.properties().forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }
}
