package io.hydra.manager.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.document.OpenApi.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Whether all who could call could still, with what they have to prove who they are. */
final class SecurityComparison {
  private final OpenApi before;
  private final OpenApi after;
  private final BiConsumer<String, String> breaks;

  /**
   * @param breaks told where and what
   */
  SecurityComparison(OpenApi before, OpenApi after, BiConsumer<String, String> breaks) {
    this.before = before;
    this.after = after;
    this.breaks = breaks;
  }

  void compare(String where, Operation old, Operation now) {
    var ways = ways(after, now);
    for (var had : ways(before, old)) {
      if (ways.stream().noneMatch(had::containsAll)) {
        breaks.accept(
            where,
            "is not open to %s any more".formatted(had.isEmpty() ? "anybody" : had.toString()));
      }
    }
  }

  /** A scheme is another one where anything but its words has changed. */
  void compareSchemes() {
    var nows = schemes(after);
    schemes(before)
        .properties()
        .forEach(
            old -> {
              var now = nows.path(old.getKey());
              if (!now.isMissingNode() && !bare(old.getValue()).equals(bare(now))) {
                breaks.accept("the security " + old.getKey(), "is another one");
              }
            });
  }

  private static JsonNode schemes(OpenApi document) {
    return document.root().path("components").path("securitySchemes");
  }

  private static JsonNode bare(JsonNode scheme) {
    return scheme instanceof ObjectNode object ? object.deepCopy().without("description") : scheme;
  }

  /** Any of which is enough, each a set of schemes and of scopes in them that are all needed. */
  private static List<Set<String>> ways(OpenApi document, Operation operation) {
    var written =
        operation.node().has("security")
            ? operation.node().path("security")
            : document.root().path("security");
    if (written.isEmpty()) {
      return List.of(Set.of());
    }
    return StreamSupport.stream(written.spliterator(), false)
        .map(SecurityComparison::needs)
        .toList();
  }

  private static Set<String> needs(JsonNode way) {
    var needs = new TreeSet<String>();
    way.properties()
        .forEach(
            scheme -> {
              needs.add(scheme.getKey());
              needs.addAll(
                  Compatibility.texts(scheme.getValue()).stream()
                      .map(scope -> scheme.getKey() + " " + scope)
                      .collect(Collectors.toSet()));
            });
    return needs;
  }
}
