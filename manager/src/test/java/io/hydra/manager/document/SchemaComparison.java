package io.hydra.manager.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.document.Compatibility.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Compares two schemas of data that goes one way. The new one of a request must take all that the
 * old one took; the new one of an answer must not give what the old one did not.
 */
final class SchemaComparison {
  private static final String ANYTHING = "anything";
  private static final String NULL = "null";
  private static final Map<String, Integer> INTEGERS = Map.of("int32", 1, "int64", 2);

  /** Keywords by which more is less: a smaller one takes less. */
  private static final List<String> UPPER =
      List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

  private static final List<String> LOWER =
      List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");

  /** Keywords of which it cannot be told whether one takes less than another. */
  private static final List<String> OPAQUE =
      List.of("pattern", "multipleOf", "uniqueItems", "const", "not", "propertyNames");

  private final OpenApi before;
  private final OpenApi after;
  private final Direction direction;
  private final BiConsumer<String, String> breaks;
  private final Set<String> underWay = new HashSet<>();

  /**
   * @param breaks told where and what
   */
  SchemaComparison(
      OpenApi before, OpenApi after, Direction direction, BiConsumer<String, String> breaks) {
    this.before = before;
    this.after = after;
    this.direction = direction;
    this.breaks = breaks;
  }

  void compare(String where, JsonNode oldWritten, JsonNode nowWritten) {
    // Types that contain themselves.
    var pair = oldWritten + " > " + nowWritten;
    if (!underWay.add(pair)) {
      return;
    }
    var old = Shape.of(before, oldWritten);
    var now = Shape.of(after, nowWritten);
    compareTypes(where, old, now);
    compareFormats(where, old.text("format"), now.text("format"));
    compareValues(where, old, now);
    UPPER.forEach(name -> compareLimit(where, name, old, now, 1));
    LOWER.forEach(name -> compareLimit(where, name, old, now, -1));
    OPAQUE.forEach(name -> compareOpaque(where, name, old.get(name), now.get(name)));
    compareDefaults(where, old.get("default"), now.get("default"));
    compareProperties(where, old, now);
    compareOpenness(where, old, now);
    compareNested(where + "[]", old.get("items"), now.get("items"));
    compareNested(where + "{}", old.additional(), now.additional());
    compareAlternatives(where, old.alternatives(), now.alternatives());
    underWay.remove(pair);
  }

  private boolean isRequest() {
    return direction == Direction.REQUEST;
  }

  /** Whichever must hold all of the other one. */
  private <T> T wider(T old, T now) {
    return isRequest() ? now : old;
  }

  private <T> T narrower(T old, T now) {
    return isRequest() ? old : now;
  }

  private void compareTypes(String where, Shape old, Shape now) {
    var wide = wider(old, now).types();
    var missing = narrower(old, now).types().stream().filter(type -> !takes(wide, type)).toList();
    if (!missing.isEmpty()) {
      tell(
          where,
          (isRequest() ? "does not take %s any more" : "may now be %s")
              .formatted(String.join(", ", missing)));
    }
  }

  private static boolean takes(Set<String> types, String type) {
    return types.contains(ANYTHING)
        || types.contains(type)
        || (type.equals("integer") && types.contains("number"));
  }

  private void compareFormats(String where, String old, String now) {
    var wide = wider(old, now);
    var narrow = narrower(old, now);
    boolean fits =
        wide.isEmpty()
            || wide.equals(narrow)
            || (INTEGERS.containsKey(wide)
                && INTEGERS.containsKey(narrow)
                && Objects.requireNonNull(INTEGERS.get(wide))
                    >= Objects.requireNonNull(INTEGERS.get(narrow)));
    if (!fits) {
      tell(where, "has the format '%s' instead of '%s'".formatted(now, old));
    }
  }

  private void compareValues(String where, Shape old, Shape now) {
    var wide = wider(old, now);
    var narrow = narrower(old, now);
    if (wide.values().isEmpty() || (!isRequest() && wide.isOpen())) {
      return;
    }
    if (narrow.values().isEmpty()) {
      tell(
          where,
          (isRequest() ? "takes only %s now" : "is not only %s any more").formatted(wide.values()));
      return;
    }
    var missing = new TreeSet<>(narrow.values());
    missing.removeAll(wide.values());
    if (!missing.isEmpty()) {
      tell(where, (isRequest() ? "does not take %s any more" : "may now be %s").formatted(missing));
    }
  }

  /**
   * @param sign 1 where a higher limit takes more
   */
  private void compareLimit(String where, String name, Shape old, Shape now, int sign) {
    var wide = wider(old, now).get(name);
    var narrow = narrower(old, now).get(name);
    if (wide.isMissingNode()) {
      return;
    }
    if (narrow.isMissingNode() || sign * narrow.decimalValue().compareTo(wide.decimalValue()) > 0) {
      tell(where, "has %s %s instead of %s".formatted(name, now.get(name), old.get(name)));
    }
  }

  private void compareOpaque(String where, String name, JsonNode old, JsonNode now) {
    var wide = wider(old, now);
    if (!wide.isMissingNode() && !old.equals(now)) {
      tell(where, "has %s %s instead of %s".formatted(name, now, old));
    }
  }

  /** Whoever leaves a field out means the default. One that was not told before is not another. */
  private void compareDefaults(String where, JsonNode old, JsonNode now) {
    if (old.isMissingNode() || old.equals(now)) {
      return;
    }
    tell(
        where,
        now.isMissingNode()
            ? "has no default any more, which was %s".formatted(old)
            : "has the default %s instead of %s".formatted(now, old));
  }

  private void compareOpenness(String where, Shape old, Shape now) {
    if (wider(old, now).isClosed() && !narrower(old, now).isClosed()) {
      tell(
          where,
          isRequest()
              ? "takes only the fields that it names now"
              : "may now have fields that it does not name");
    }
  }

  private void compareProperties(String where, Shape old, Shape now) {
    var nows = Compatibility.properties(now.get("properties"));
    Compatibility.properties(old.get("properties"))
        .forEach(
            (name, schema) -> {
              var same = nows.get(name);
              if (same == null) {
                tell(where, "has no '%s' any more".formatted(name));
              } else {
                compare(where + "." + name, schema, same);
              }
            });
    var required = new TreeSet<>(wider(old, now).required());
    required.removeAll(narrower(old, now).required());
    if (!required.isEmpty()) {
      tell(where, (isRequest() ? "now requires %s" : "may now lack %s").formatted(required));
    }
  }

  private void compareNested(String where, JsonNode old, JsonNode now) {
    if (!old.isMissingNode() || !now.isMissingNode()) {
      compare(where, old, now);
    }
  }

  /** Matched by their order. */
  private void compareAlternatives(String where, List<JsonNode> old, List<JsonNode> now) {
    if (wider(old, now).size() < narrower(old, now).size() && !wider(old, now).isEmpty()) {
      tell(where, "has %s alternatives instead of %s".formatted(now.size(), old.size()));
    }
    for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
      compare(where + "|" + i, old.get(i), now.get(i));
    }
  }

  private void tell(String where, String what) {
    breaks.accept(where, what);
  }

  /**
   * A schema without its references.
   *
   * @param nullable whether one of its alternatives was nothing
   */
  private record Shape(JsonNode node, boolean nullable) {
    /** One that is one schema or null is that schema, which may be null. */
    static Shape of(OpenApi document, JsonNode written) {
      var node = document.resolve(written);
      var others = new ArrayList<JsonNode>();
      boolean nullable = false;
      for (var one : node.has("anyOf") ? node.path("anyOf") : node.path("oneOf")) {
        if (one.path("type").asText().equals(NULL)) {
          nullable = true;
        } else {
          others.add(one);
        }
      }
      return others.size() == 1
          ? new Shape(document.resolve(others.getFirst()), nullable)
          : new Shape(node, nullable);
    }

    JsonNode get(String keyword) {
      return node.path(keyword);
    }

    String text(String keyword) {
      return get(keyword).asText("");
    }

    boolean isOpen() {
      return get("x-open-enum").asBoolean();
    }

    /** Whether it takes no fields but those it names. */
    boolean isClosed() {
      var additional = get("additionalProperties");
      return additional.isBoolean() && !additional.asBoolean();
    }

    Set<String> types() {
      var types = new TreeSet<String>();
      if (get("type").isTextual()) {
        types.add(text("type"));
      }
      types.addAll(Compatibility.texts(get("type")));
      if (types.isEmpty()) {
        types.add(ANYTHING);
      }
      if (nullable) {
        types.add(NULL);
      }
      return types;
    }

    Set<String> values() {
      return new TreeSet<>(Compatibility.texts(get("enum")));
    }

    Set<String> required() {
      return new TreeSet<>(Compatibility.texts(get("required")));
    }

    /** The schema of what has no name; missing where that is anything. */
    JsonNode additional() {
      var additional = get("additionalProperties");
      return additional.isObject() ? additional : get("no such keyword");
    }

    List<JsonNode> alternatives() {
      var all = new ArrayList<JsonNode>();
      for (var keyword : List.of("anyOf", "oneOf", "allOf")) {
        get(keyword).forEach(all::add);
      }
      all.removeIf(one -> one.path("type").asText().equals(NULL));
      return all;
    }
  }
}
