package io.hydra.manager.events;

import java.util.Optional;

/**
 * An object that there is something to be told of.
 *
 * @param namespace empty for objects of the cluster, such as nodes
 * @param uid empty where it is not known; {@code kubectl describe} then does not show the Event
 */
public record ObjectReference(
    String apiVersion, String kind, Optional<String> namespace, String name, Optional<String> uid) {

  public static ObjectReference pod(String namespace, String name, String uid) {
    return new ObjectReference(
        "v1",
        "Pod",
        Optional.of(namespace),
        name,
        Optional.of(uid).filter(text -> !text.isEmpty()));
  }

  @Override
  public String toString() {
    return kind + " " + namespace.map(space -> space + "/" + name).orElse(name);
  }
}
