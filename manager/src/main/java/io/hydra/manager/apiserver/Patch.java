package io.hydra.manager.apiserver;

/** How the API server is to read a change of an object. */
public enum Patch {
  /** RFC 7396: {@code null} removes, lists are replaced as a whole. */
  MERGE("application/merge-patch+json"),
  /** As {@link #MERGE}, but entries of lists that have a key, such as conditions, are merged. */
  STRATEGIC("application/strategic-merge-patch+json");

  private final String contentType;

  Patch(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }
}
