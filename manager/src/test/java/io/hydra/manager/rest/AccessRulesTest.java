package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  /** Classes of this package that answer calls, and what they call themselves in the rules. */
  private static List<String> operations() throws IOException {
    try (var files = Files.list(Path.of("target/classes/io/hydra/manager/rest"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Resource.class"))
          .map(name -> name.replace(".class", ""))
          .flatMap(AccessRulesTest::operations)
          .toList();
    }
  }

  private static Stream<String> operations(String resource) {
    try {
      var type = Class.forName("io.hydra.manager.rest." + resource);
      return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
          .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
          .filter(AccessRulesTest::isOperation)
          .map(method -> resource + "." + method.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOperation(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  @Test
  void givenAllOperations_thenForEachItIsSaidWhatItNeeds() throws IOException {
    assertThat(operations())
        .hasSizeGreaterThan(25)
        .allSatisfy(
            operation ->
                assertThat(AccessRules.of(operation))
                    .as("%s has a line in AccessRules", operation)
                    .isPresent());
  }

  @Test
  void givenAnOperationThatIsNotNamed_thenNothingIsSaid() {
    assertThat(AccessRules.of("NodesResource.explode")).isEmpty();
  }
}
