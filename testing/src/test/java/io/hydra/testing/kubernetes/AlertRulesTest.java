package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An alert about a metric that is not there never comes. */
class AlertRulesTest {
  private static final Pattern METRIC = Pattern.compile("\\bhydra(_[a-z]+)+\\b");

  /** As Micrometer has them, with dots, or as Prometheus does. */
  private static final Pattern NAME = Pattern.compile("\"(hydra([._][a-z]+)+)\"");

  @Test
  void eachMetricOfTheRulesIsOneOfAProgram() throws IOException {
    var rules = Files.readString(Repository.root().resolve("examples/prometheus/hydra.rules.yaml"));
    var used =
        METRIC
            .matcher(rules)
            .results()
            .map(found -> found.group().replaceFirst("_total$", ""))
            .collect(Collectors.toSet());

    assertThat(used).hasSizeGreaterThan(5).isSubsetOf(named());
  }

  private static Set<String> named() throws IOException {
    var names = new HashSet<String>();
    for (var program : List.of("manager", "docto")) {
      try (var files = Files.walk(Repository.root().resolve(program).resolve("src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .flatMap(file -> NAME.matcher(text(file)).results())
            .forEach(found -> names.add(found.group(1).replace('.', '_')));
      }
    }
    return names;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
