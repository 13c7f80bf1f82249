package io.hydra.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What roles and their bindings allow Hydra's accounts. */
final class GrantedRights {
  /** What an API server that holds them is asked for. */
  static final String KINDS = "clusterroles,roles,clusterrolebindings,rolebindings";

  private final Map<String, JsonNode> roles = new HashMap<>();
  private final Set<Right> rights = new HashSet<>();

  private GrantedRights() {}

  /**
   * @param objects roles and bindings of a whole cluster
   */
  static Set<Right> of(JsonNode objects) {
    var granted = new GrantedRights();
    stream(objects)
        .filter(object -> object.has("rules"))
        .forEach(
            role ->
                granted.roles.put(
                    key(text(role, "/kind"), text(role, "/metadata/namespace"), name(role)),
                    role.path("rules")));
    stream(objects).filter(object -> object.has("roleRef")).forEach(granted::bind);
    return Set.copyOf(granted.rights);
  }

  private void bind(JsonNode binding) {
    var namespace = text(binding, "/metadata/namespace");
    var kind = text(binding, "/roleRef/kind");
    var role =
        roles.get(
            key(kind, kind.equals("Role") ? namespace : "", binding.at("/roleRef/name").asText()));
    if (role == null) {
      return;
    }
    stream(binding.path("subjects"))
        .filter(subject -> text(subject, "/kind").equals("ServiceAccount"))
        .map(subject -> text(subject, "/namespace") + ":" + text(subject, "/name"))
        .filter(UsedRights::isHydras)
        .forEach(account -> role.forEach(rule -> add(account, rule, namespace)));
  }

  private void add(String account, JsonNode rule, String namespace) {
    for (var verb : texts(rule, "verbs")) {
      texts(rule, "nonResourceURLs")
          .forEach(url -> rights.add(new Right(account, verb, "", url, "", "")));
      for (var group : texts(rule, "apiGroups")) {
        for (var resource : texts(rule, "resources")) {
          names(rule)
              .forEach(
                  name -> rights.add(new Right(account, verb, group, resource, namespace, name)));
        }
      }
    }
  }

  private static List<String> names(JsonNode rule) {
    var names = texts(rule, "resourceNames");
    return names.isEmpty() ? List.of("") : names;
  }

  private static String key(String kind, String namespace, String name) {
    return kind + " " + namespace + " " + name;
  }

  private static String name(JsonNode object) {
    return text(object, "/metadata/name");
  }

  private static String text(JsonNode object, String pointer) {
    return object.at(pointer).asText();
  }

  private static List<String> texts(JsonNode rule, String field) {
    return stream(rule.path(field)).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
