package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills one program (SIGKILL) in each of thirty roll-overs: manager, Docto and AppMan at each of
 * ten moments, from the publish to the reload of the last replica.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
  @RegisterExtension private final FailureNote note = new FailureNote();

  private final Running running;

  KillIT() throws IOException {
    running = Running.start("kill");
  }

  @AfterAll
  void stop() {
    running.end(note.failed());
  }

  private enum Victim {
    MANAGER,
    DOCTO,
    APPMAN
  }

  private record Kill(Victim victim, Moment moment) {
    @Override
    public String toString() {
      return victim + " when " + moment;
    }
  }

  static Stream<Kill> kills() {
    return Stream.of(Moment.values())
        .flatMap(moment -> Stream.of(Victim.values()).map(victim -> new Kill(victim, moment)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void givenARollOver_whenAProgramIsKilled_thenItCompletesWithoutAFailure(Kill kill) {
    assumeFalse(note.failed(), "one kill failed: what follows would stand on its ruins");
    var version = running.publishNext();
    Await.moment(
        () -> kill.moment() + " of " + version + "; now " + running.describe(),
        Running.PATIENCE,
        () -> running.status().filter(now -> kill.moment().hasCome(now, version)).isPresent());
    var then = running.describe();
    var program = program(kill);
    int starts = program.starts();

    program.kill();
    running.rollTo(version);

    System.out.printf("killed %s when %s: %s%n", program.name(), kill.moment(), then);
    Await.until(program.name() + " is back", Running.PATIENCE, () -> program.starts() > starts);
    program.awaitHealthy(Running.PATIENCE);
    assertThat(running.newFailures()).isEmpty();
    running.assertWhole();
  }

  /** Of the agents, that of the replica that is moving; where none is, each has its turn. */
  private Program program(Kill kill) {
    int chosen = running.moving().orElse(kill.moment().step() % 3);
    return switch (kill.victim()) {
      case MANAGER -> running.stage().manager();
      case DOCTO -> running.stage().nodes().get(chosen).docto();
      case APPMAN -> running.stage().replicas().get(chosen).appman();
    };
  }

  @Test
  void givenTraffic_whenAllIsOver_thenItFlowed() {
    long before = running.answered();

    Await.until("more is answered", Running.PATIENCE, () -> running.answered() > before + 10);

    assertThat(running.newFailures()).isEmpty();
  }
}
