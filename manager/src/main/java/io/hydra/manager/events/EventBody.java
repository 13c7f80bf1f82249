package io.hydra.manager.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** An announcement as an Event of Kubernetes. */
final class EventBody {
  private static final String COMPONENT = "hydra-manager";

  /** The API server takes 1,024 bytes. */
  private static final int LONGEST_MESSAGE = 1_000;

  /** Names have 253 characters at most, and the hash takes 17 of them. */
  private static final int LONGEST_STEM = 230;

  private EventBody() {}

  /**
   * The same for the same state, so that a manager that comes after this one does not tell it
   * again; another for each occurrence.
   */
  static String name(Announcement announcement, Instant first) {
    var stem = announcement.about().name();
    var cut = stem.substring(0, Math.min(stem.length(), LONGEST_STEM)).replaceFirst("[-.]+$", "");
    return cut + "." + hash(announcement, first);
  }

  private static String hash(Announcement announcement, Instant first) {
    var about = announcement.about();
    var when =
        switch (announcement.sort()) {
          case STATE -> "";
          case OCCURRENCE -> first.toString();
        };
    var all =
        String.join(
            "\n",
            about.kind(),
            about.uid().orElse(""),
            announcement.reason(),
            announcement.message(),
            when);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }

  static String path(ObjectReference about) {
    return "/api/v1/namespaces/%s/events".formatted(namespace(about));
  }

  private static String namespace(ObjectReference about) {
    return about.namespace().orElse("default");
  }

  static ObjectNode create(Announcement announcement, String name, Instant now, int count) {
    var about = announcement.about();
    var event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event").put("type", type(announcement));
    event.put("reason", announcement.reason()).put("message", cut(announcement.message()));
    event.put("firstTimestamp", seconds(now)).put("lastTimestamp", seconds(now));
    event.put("count", count).put("reportingComponent", COMPONENT);
    event.put("reportingInstance", COMPONENT).putObject("source").put("component", COMPONENT);
    event.putObject("metadata").put("name", name).put("namespace", namespace(about));
    var involved = event.putObject("involvedObject");
    involved.put("apiVersion", about.apiVersion()).put("kind", about.kind());
    about.namespace().ifPresent(namespace -> involved.put("namespace", namespace));
    involved.put("name", about.name());
    about.uid().ifPresent(uid -> involved.put("uid", uid));
    return event;
  }

  static ObjectNode again(int count, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", count)
        .put("lastTimestamp", seconds(now));
  }

  private static String type(Announcement announcement) {
    return switch (announcement.severity()) {
      case NORMAL -> "Normal";
      case WARNING -> "Warning";
    };
  }

  private static String cut(String message) {
    return message.length() > LONGEST_MESSAGE
        ? message.substring(0, LONGEST_MESSAGE) + "…"
        : message;
  }

  private static String seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
