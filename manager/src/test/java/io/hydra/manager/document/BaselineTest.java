package io.hydra.manager.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Clients that were made for the baseline can go on. */
class BaselineTest {
  private static final Path BASELINE = Path.of("openapi-baseline.yaml");

  @Test
  void givenTheBaselineThenTheDocumentIsCompatibleWithIt() {
    assertThat(Compatibility.breaks(OpenApi.read(BASELINE), OpenApi.read(Path.of("openapi.yaml"))))
        .as("incompatible changes; CONTRIBUTING.md tells how to make one on purpose")
        .isEmpty();
  }

  @Test
  void givenTheBaselineThenItIsADocumentOfThisManager() {
    assertThat(OpenApi.read(BASELINE).operations()).hasSizeGreaterThan(40);
  }
}
