package io.hydra.testing.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Hydra's accounts did at an API server, or tried to. Each test notes it below {@code target},
 * so that one can tell in the end whether all tests together used all that is granted.
 */
final class UsedRights {
  private static final Pattern ACCOUNT = Pattern.compile("hydra(-nodes)?:hydra-[a-z-]+");
  private static final String PREFIX = "system:serviceaccount:";
  private static final ObjectMapper JSON = new ObjectMapper();

  private UsedRights() {}

  static boolean isHydras(String account) {
    return ACCOUNT.matcher(account).matches();
  }

  /**
   * @param requests as the API server notes them
   */
  static Set<Right> of(Collection<JsonNode> requests) {
    return requests.stream()
        .filter(request -> isHydras(account(request)))
        .map(UsedRights::right)
        .collect(Collectors.toSet());
  }

  private static String account(JsonNode request) {
    var user = request.at("/user/username").asText();
    return user.startsWith(PREFIX) ? user.substring(PREFIX.length()) : "";
  }

  private static Right right(JsonNode request) {
    var object = request.path("objectRef");
    var subresource = object.path("subresource").asText();
    var resource =
        object.isMissingNode()
            ? request.path("requestURI").asText().replaceFirst("\\?.*", "")
            : object.path("resource").asText();
    return new Right(
        account(request),
        request.path("verb").asText(),
        object.path("apiGroup").asText(),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        object.path("namespace").asText(),
        object.path("name").asText());
  }

  /** Those that nothing granted allows. */
  static Set<Right> beyond(Set<Right> used, Set<Right> granted) {
    return used.stream()
        .filter(right -> granted.stream().noneMatch(allowed -> allowed.covers(right)))
        .map(Right::ofAnyObject)
        .collect(Collectors.toSet());
  }

  /** Those that nobody has used. */
  static Set<Right> idle(Set<Right> granted, Set<Right> used) {
    return granted.stream()
        .filter(allowed -> used.stream().noneMatch(allowed::covers))
        .collect(Collectors.toSet());
  }

  static void note(String test, Set<Right> used) throws IOException {
    JSON.writeValue(Files.createDirectories(directory()).resolve(test + ".json").toFile(), used);
  }

  /** What all tests have noted. */
  static Set<Right> ofAllTests() throws IOException {
    if (!Files.isDirectory(directory())) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(UsedRights::read).flatMap(List::stream).collect(Collectors.toSet());
    }
  }

  private static List<Right> read(Path file) {
    try {
      return List.of(JSON.readValue(file.toFile(), Right[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    return Repository.root().resolve("target/used-rights");
  }

  /** The requests noted in a file, an object of JSON a line. */
  static List<JsonNode> requests(Path audit) throws IOException {
    try (var lines = Files.lines(audit)) {
      return lines.filter(line -> line.contains(PREFIX + "hydra")).map(UsedRights::parse).toList();
    }
  }

  /** The line that is being written is not whole. */
  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException torn) {
      return JSON.missingNode();
    }
  }
}
