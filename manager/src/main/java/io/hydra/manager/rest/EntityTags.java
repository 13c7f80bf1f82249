package io.hydra.manager.rest;

import java.util.Arrays;

/** Revisions as entity tags (RFC 9110, section 8.8.3). */
final class EntityTags {
  private EntityTags() {}

  static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /** Whether an If-Match header names the revision. */
  static boolean matches(String ifMatch, long revision) {
    return Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(of(revision)));
  }
}
