package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Additions to an object, noted as a JSON Patch (RFC 6902) while they are made. There is nothing
 * else that one could do to it.
 */
final class Additions {
  private final ObjectNode changed;
  private final ArrayNode operations = Tree.array();

  Additions(ObjectNode original) {
    this.changed = original.deepCopy();
  }

  /** With what was added. */
  JsonNode changed() {
    return changed;
  }

  ArrayNode operations() {
    return operations;
  }

  /** Sets a member that is not there. */
  void set(String parent, String member, Object value) {
    var added = Tree.object(member, value).path(member);
    ((ObjectNode) changed.at(parent)).set(member, added);
    note(parent + "/" + member, added);
  }

  /** At the end of a list, which is made where it is not there. */
  void append(String parent, String list, JsonNode item) {
    if (changed.at(parent).path(list).isArray()) {
      ((ArrayNode) changed.at(parent).path(list)).add(item);
      note(parent + "/" + list + "/-", item);
      return;
    }
    set(parent, list, Tree.array(item));
  }

  /** At the beginning of a list, which is made where it is not there. */
  void prepend(String parent, String list, JsonNode item) {
    if (changed.at(parent).path(list).isArray()) {
      ((ArrayNode) changed.at(parent).path(list)).insert(0, item);
      note(parent + "/" + list + "/0", item);
      return;
    }
    set(parent, list, Tree.array(item));
  }

  private void note(String path, JsonNode value) {
    // Later additions below it are operations of their own.
    operations.add(Tree.object("op", "add", "path", path, "value", value.deepCopy()));
  }
}
