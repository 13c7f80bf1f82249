package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills one program (SIGKILL) in each of thirty roll-overs, each at another moment, spread over the
 * length that a roll-over has when nobody is killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
  private static final int MOMENTS = 10;

  @RegisterExtension private final FailureNote note = new FailureNote();

  private final Running running;
  private Duration length = Duration.ZERO;

  KillIT() throws IOException {
    running = Running.start("kill");
  }

  @BeforeAll
  void measure() {
    var begin = Instant.now();
    running.rollTo(running.publishNext());
    length = Duration.between(begin, Instant.now());
    System.out.println("a roll-over without a kill takes " + length.toMillis() + " ms");
    assertThat(running.newFailures()).isEmpty();
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

  private record Kill(Victim victim, int moment) {
    @Override
    public String toString() {
      return victim + " at " + percent() + " %";
    }

    int percent() {
      return (100 * moment + 50) / MOMENTS;
    }
  }

  static Stream<Kill> kills() {
    return IntStream.range(0, MOMENTS)
        .boxed()
        .flatMap(moment -> Stream.of(Victim.values()).map(victim -> new Kill(victim, moment)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void givenARollOver_whenAProgramIsKilled_thenItCompletesWithoutAFailure(Kill kill) {
    assumeFalse(note.failed(), "one kill failed: what follows would stand on its ruins");
    var program = program(kill);
    int starts = program.starts();
    var version = running.publishNext();
    var moment = Instant.now().plus(length.multipliedBy(kill.percent()).dividedBy(100));
    Await.until(
        "the moment has come", length.plusSeconds(5), () -> !Instant.now().isBefore(moment));
    var then = running.describe();

    program.kill();
    running.rollTo(version);

    System.out.printf("killed %s (%s) while %s%n", program.name(), kill, then);
    Await.until(program.name() + " is back", Running.PATIENCE, () -> program.starts() > starts);
    program.awaitHealthy(Running.PATIENCE);
    assertThat(running.newFailures()).isEmpty();
    running.assertWhole();
  }

  /** Each node and replica has its turn. */
  private Program program(Kill kill) {
    int turn = kill.moment() % 3;
    return switch (kill.victim()) {
      case MANAGER -> running.stage().manager();
      case DOCTO -> running.stage().nodes().get(turn).docto();
      case APPMAN -> running.stage().replicas().get(turn).appman();
    };
  }

  @Test
  void givenTraffic_whenAllIsOver_thenItFlowed() {
    long before = running.answered();

    Await.until("more is answered", Running.PATIENCE, () -> running.answered() > before + 10);

    assertThat(running.newFailures()).isEmpty();
  }
}
