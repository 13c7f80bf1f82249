package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** JSON, written as it is nested. */
final class Tree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Tree() {}

  /**
   * @param members names and values in turn; a value is a tree, a string, a number or a truth
   */
  static ObjectNode object(Object... members) {
    var object = NODES.objectNode();
    for (int i = 0; i < members.length; i += 2) {
      object.set((String) members[i], node(members[i + 1]));
    }
    return object;
  }

  static ArrayNode array(Object... items) {
    var array = NODES.arrayNode();
    for (var item : items) {
      array.add(node(item));
    }
    return array;
  }

  static ArrayNode array(Collection<? extends JsonNode> items) {
    return NODES.arrayNode().addAll(items);
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case JsonNode tree -> tree;
      case String text -> NODES.textNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      default -> throw new IllegalArgumentException(value.getClass() + " is none of JSON's");
    };
  }
}
