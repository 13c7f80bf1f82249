package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.demo.Outcome;
import io.hydra.testing.demo.PlainNarrator;
import io.hydra.testing.demo.Scenario;
import io.hydra.testing.demo.Verdict;
import io.hydra.testing.process.Program;
import io.hydra.testing.stage.Programs;
import io.hydra.testing.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demo's own scenario, with assertions. */
class MainJobIT {
  @Test
  void givenThreeServingReplicas_whenANewReleaseIsPublished_thenAllRollOverWithoutAFailure()
      throws IOException {
    var programs = Programs.ofCheckout();
    assertThat(programs.missing()).isEmpty();
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "main-");
    Stage stage;
    var narrator = new PlainNarrator(System.out);
    try (var scenario = new Scenario(programs, directory, 32L << 20, narrator)) {
      stage = scenario.stage();
      var outcome = scenario.run();
      outcome.summary().forEach(System.out::println);
      outcome.verdicts().forEach(System.out::println);

      assertThat(outcome.verdicts()).allMatch(Verdict::holds);
      assertThat(outcome).satisfies(MainJobIT::savedWhatWasUnchanged);
      stage.discardAtEnd(true);
    }
    assertThat(stage.all()).noneMatch(Program::isAlive);
    assertThat(directory).doesNotExist();
  }

  /** Three nodes did not fetch the language model's 10 MiB a second time. */
  private static void savedWhatWasUnchanged(Outcome outcome) {
    assertThat(outcome.savedBytes()).isEqualTo(3 * 10_568_188L);
  }
}
