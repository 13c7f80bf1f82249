package io.hydra.manager.apiserver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Objects to follow.
 *
 * @param what they are, for people
 * @param path of their list
 * @param fieldSelector empty for all
 * @param labelSelector empty for all
 * @param matters which of them, by what a selector cannot say
 */
public record Followed(
    String what,
    String path,
    String fieldSelector,
    String labelSelector,
    Predicate<ApiObject> matters) {
  /** A page of a list has so many objects, so that a large one need not be in memory at once. */
  private static final int PAGE = 250;

  String page(String token) {
    return path + query("limit=" + PAGE + (token.isEmpty() ? "" : "&continue=" + encoded(token)));
  }

  /**
   * @param seconds after which the server is to end the stream
   */
  String changes(String version, int seconds) {
    return path
        + query(
            "watch=1&allowWatchBookmarks=true&resourceVersion=%s&timeoutSeconds=%d"
                .formatted(encoded(version), seconds));
  }

  private String query(String parameters) {
    return "?"
        + parameters
        + parameter("fieldSelector", fieldSelector)
        + parameter("labelSelector", labelSelector);
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
