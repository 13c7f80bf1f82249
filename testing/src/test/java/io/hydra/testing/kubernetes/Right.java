package io.hydra.testing.kubernetes;

/**
 * Something that an account of Hydra's may do, or has done, at the API server.
 *
 * @param account {@code namespace:name}
 * @param group of the API; empty for the oldest
 * @param resource with a subresource after a slash, such as {@code pods/eviction}
 * @param namespace empty for all, and for what has none
 * @param name empty for all
 */
record Right(
    String account, String verb, String group, String resource, String namespace, String name) {
  boolean covers(Right used) {
    return account.equals(used.account)
        && verb.equals(used.verb)
        && group.equals(used.group)
        && resource.equals(used.resource)
        && isWithin(namespace, used.namespace)
        && isWithin(name, used.name);
  }

  private static boolean isWithin(String bounds, String used) {
    return bounds.isEmpty() || bounds.equals(used);
  }

  /** Without the object, of which there may be thousands. */
  Right ofAnyObject() {
    return new Right(account, verb, group, resource, namespace, "");
  }

  @Override
  public String toString() {
    return "%s %s %s%s%s%s"
        .formatted(
            account,
            verb,
            resource,
            group.isEmpty() ? "" : "." + group,
            namespace.isEmpty() ? "" : " in " + namespace,
            name.isEmpty() ? "" : " named " + name);
  }
}
