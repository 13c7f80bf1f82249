package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hydra.model.ReleaseVersion;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Program;
import io.hydra.wire.ChannelStatus;
import java.io.IOException;
import java.util.Optional;
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
  /** Roll-overs in which a kill may come too late. */
  private static final int ATTEMPTS = 3;

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

  private record Sight(ChannelStatus status, Moment moment) {}

  /** A kill that was done, with the moment that it really fell into. */
  private record Hit(Program program, int startsBefore, ReleaseVersion version, Moment moment) {}

  static Stream<Kill> kills() {
    return Moment.inside()
        .flatMap(moment -> Stream.of(Victim.values()).map(victim -> new Kill(victim, moment)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void givenARollOver_whenAProgramIsKilled_thenItCompletesWithoutAFailure(Kill kill) {
    assumeFalse(note.failed(), "one kill failed: what follows would stand on its ruins");
    var hit = strike(kill);
    running.rollTo(hit.version());

    System.out.printf("%s: hit %s when %s%n", kill, hit.program().name(), hit.moment());
    Await.until(
        hit.program().name() + " is back",
        Running.PATIENCE,
        () -> hit.program().starts() > hit.startsBefore());
    hit.program().awaitHealthy(Running.PATIENCE);
    assertThat(running.newFailures()).isEmpty();
    running.assertWhole();
  }

  /** Rolls over until the kill falls inside of a roll-over: a short moment may pass unseen. */
  private Hit strike(Kill kill) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var version = running.publishNext();
      var sight =
          Await.moment(
              () -> kill.moment() + " of " + version + "; now " + running.describe(),
              Running.PATIENCE,
              () -> sight(version).filter(now -> now.moment().compareTo(kill.moment()) >= 0));
      if (sight.moment() != Moment.OVER) {
        var program = program(kill, sight.status());
        int starts = program.starts();
        program.kill();
        return new Hit(program, starts, version, sight.moment());
      }
      System.out.printf("%s: came too late for %s, attempt %d%n", kill, version, attempt);
      running.rollTo(version);
    }
    return fail("%s: %d roll-overs were over before the kill", kill, ATTEMPTS);
  }

  private Optional<Sight> sight(ReleaseVersion version) {
    return running
        .status()
        .flatMap(now -> Moment.of(now, version).map(moment -> new Sight(now, moment)));
  }

  /** Of the agents, that of the replica that is moving; where none is, each has its turn. */
  private Program program(Kill kill, ChannelStatus status) {
    int chosen = running.moving(status).orElse(kill.moment().step() % 3);
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
