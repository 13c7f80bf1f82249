package io.hydra.manager.identity;

import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Tokens of a file, for hosts that no Kubernetes knows. */
final class StaticTokens {
  /** What names the file. */
  static final String SETTING = "hydra.identity.tokens-file";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String NODE = "node:";
  private static final String INSTANCE = "instance:";

  private final WatchedFile<Line> file;

  private record Line(String name, Sha256 hash, List<Grant> grants, Optional<Agent> agent) {}

  StaticTokens(Path path, Clock clock) {
    this.file = new WatchedFile<>(SETTING, path, StaticTokens::line, clock);
  }

  /** All that the lines with this token say together; empty where none has it. */
  Optional<Caller> find(String token) {
    var hash = Sha256.of(token);
    // Each line is looked at, so that the time taken tells nothing.
    var lines = file.content().stream().filter(line -> line.hash().isSame(hash)).toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            lines.getFirst().name(),
            lines.stream().flatMap(line -> line.grants().stream()).toList(),
            lines.stream().flatMap(line -> line.agent().stream()).toList()));
  }

  int size() {
    return file.content().size();
  }

  private static Line line(List<String> words) {
    if (words.size() < 4) {
      throw new IllegalArgumentException("must be written NAME SHA-256-OF-THE-TOKEN ROLE SCOPE…");
    }
    var hash = words.get(1);
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "the second word must be the token's SHA-256, as sha256sum prints it");
    }
    var role = Words.role(words.get(2));
    var scope = words.subList(3, words.size());
    return role == Role.AGENT
        ? new Line(words.getFirst(), new Sha256(hash), List.of(), Optional.of(agent(scope)))
        : new Line(words.getFirst(), new Sha256(hash), grants(role, scope), Optional.empty());
  }

  private static List<Grant> grants(Role role, List<String> scope) {
    return scope.stream().map(text -> new Grant(role, Words.channels(text))).toList();
  }

  private static Agent agent(List<String> scope) {
    var node =
        after(NODE, scope)
            .map(name -> named(name, NodeName::of))
            .orElseThrow(() -> new IllegalArgumentException("an agent needs node:NAME"));
    var channels =
        scope.stream()
            .filter(text -> !text.startsWith(NODE) && !text.startsWith(INSTANCE))
            .map(Words::channels)
            .toList();
    return after(INSTANCE, scope)
        .map(name -> named(name, InstanceId::of))
        .<Agent>map(id -> new Agent.OfInstance(id, node, orAll(channels)))
        .orElseGet(() -> new Agent.OfNode(node));
  }

  private static List<ChannelPattern> orAll(List<ChannelPattern> channels) {
    return channels.isEmpty() ? List.of(ChannelPattern.ALL) : channels;
  }

  private static Optional<String> after(String prefix, List<String> scope) {
    var found = scope.stream().filter(text -> text.startsWith(prefix)).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(prefix + " stands there twice");
    }
    return found.stream().map(text -> text.substring(prefix.length())).findFirst();
  }

  private static <T> T named(String name, Function<String, T> type) {
    try {
      return type.apply(name);
    } catch (HydraException e) {
      throw new IllegalArgumentException(e.detail(), e);
    }
  }
}
