package io.hydra.manager.uptime;

import io.hydra.error.HydraException;
import io.hydra.model.NodeName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a workload was before it was scaled to zero. It is kept in annotations of the workload, so
 * that people see it and no manager has to remember it.
 */
sealed interface Memory {
  String REPLICAS = "hydra/uptime-replicas";
  String DOWN = "hydra/uptime-down";
  String MANUAL = "hydra/uptime-manual";
  String NODES = "hydra/uptime-nodes";

  /** It was not scaled to zero, or was scaled back. */
  record Blank() implements Memory {}

  /**
   * @param replicas to return to
   * @param since the end of the window after which it was scaled to zero
   * @param windows that said so
   * @param manual replicas that somebody else has since given it, and that were seen
   * @param nodes on which its channel's consumers ran
   */
  record Kept(
      int replicas, Instant since, String windows, Optional<Integer> manual, Set<NodeName> nodes)
      implements Memory {
    Kept withManual(Optional<Integer> seen) {
      return new Kept(replicas, since, windows, seen, nodes);
    }

    /** The same of another downtime. */
    Kept of(Instant otherSince, String otherWindows) {
      return new Kept(replicas, otherSince, otherWindows, Optional.empty(), nodes);
    }

    boolean isOf(Instant downSince, String downWindows) {
      return since.equals(downSince) && windows.equals(downWindows);
    }
  }

  /** Somebody has changed the annotations into something that cannot be read. */
  record Unreadable(String why) implements Memory {}

  /** All annotations of it; those that are empty are to be removed. */
  default Map<String, Optional<String>> annotations() {
    var all = new LinkedHashMap<String, Optional<String>>();
    for (var key : new String[] {REPLICAS, DOWN, MANUAL, NODES}) {
      all.put(key, Optional.empty());
    }
    if (this instanceof Kept kept) {
      all.put(REPLICAS, Optional.of(Integer.toString(kept.replicas())));
      all.put(DOWN, Optional.of(kept.since() + " " + kept.windows()));
      all.put(MANUAL, kept.manual().map(Object::toString));
      all.put(NODES, Optional.of(join(kept.nodes())).filter(text -> !text.isEmpty()));
    }
    return all;
  }

  private static String join(Set<NodeName> nodes) {
    return nodes.stream().map(NodeName::value).sorted().collect(Collectors.joining(","));
  }

  /**
   * @param annotations of a workload
   */
  static Memory of(Map<String, String> annotations) {
    if (!annotations.containsKey(REPLICAS)) {
      return new Blank();
    }
    try {
      var down = annotations.getOrDefault(DOWN, "").split(" ", 2);
      return new Kept(
          natural(REPLICAS, annotations.get(REPLICAS)),
          instant(down[0]),
          down.length > 1 ? down[1] : "",
          Optional.ofNullable(annotations.get(MANUAL)).map(text -> natural(MANUAL, text)),
          nodes(annotations.getOrDefault(NODES, "")));
    } catch (IllegalArgumentException | HydraException unreadable) {
      return new Unreadable("annotation " + unreadable.getMessage());
    }
  }

  private static int natural(String key, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException(noNumber(key, text), none);
    }
    throw new IllegalArgumentException(noNumber(key, text));
  }

  private static String noNumber(String key, String text) {
    return "%s: '%s' is no number of replicas".formatted(key, text);
  }

  /** What cannot be read is of a downtime long ago. */
  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException unknown) {
      return Instant.EPOCH;
    }
  }

  private static Set<NodeName> nodes(String list) {
    return Arrays.stream(list.split(",", -1))
        .filter(name -> !name.isBlank())
        .map(NodeName::of)
        .collect(Collectors.toSet());
  }
}
