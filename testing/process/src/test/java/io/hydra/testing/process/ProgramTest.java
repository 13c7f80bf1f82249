package io.hydra.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Program program;

  ProgramTest(@TempDir Path directory) {
    program =
        new Program(
            "sleeper",
            List.of("sleep", "600"),
            directory.resolve("log"),
            URI.create("http://127.0.0.1:1/"));
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void givenARunningProgram_whenTerminated_thenItEndsAndStaysDown() {
    program.start();
    program.supervise();

    assertThat(program.terminate()).isTrue();
    assertThat(program.isAlive()).isFalse();
    assertThat(program.starts()).isEqualTo(1);
  }

  @Test
  void givenASupervisedProgram_whenKilled_thenItIsStartedAgain() {
    program.start();
    program.supervise();
    long first = program.pid().orElseThrow();

    program.kill();

    Await.until("it is back", PATIENCE, () -> program.starts() == 2 && program.isAlive());
    assertThat(program.pid().orElseThrow()).isNotEqualTo(first);
  }

  @Test
  void givenASupervisedProgram_whenKilled_thenItsRestartIsTold() {
    var told = new LinkedBlockingQueue<String>();
    program.start();
    program.supervise(told::add);

    program.kill();

    Await.until("it is told", PATIENCE, () -> !told.isEmpty());
    assertThat(told)
        .containsExactly("sleeper ended (killed), started again as " + program.pid().orElseThrow());
  }

  @Test
  void givenASupervisedProgram_whenLeftAlone_thenItStaysDown() {
    program.start();
    program.supervise();

    program.leaveAlone();
    program.kill();

    Await.until("it is down", PATIENCE, () -> !program.isAlive());
    assertThat(program.starts()).isEqualTo(1);
  }

  @Test
  void givenAnUnsupervisedProgram_whenKilled_thenItStaysDown() {
    program.start();

    program.kill();

    Await.until("it is down", PATIENCE, () -> !program.isAlive());
    assertThat(program.starts()).isEqualTo(1);
  }
}
