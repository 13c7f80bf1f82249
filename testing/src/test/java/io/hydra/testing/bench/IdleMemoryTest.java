package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private final ProgramMeasures measures = new ProgramMeasures("docto", 40, Optional.empty());
  private final Results results = new Results();

  @Test
  void givenAProgramThatStaysThenItsMiddleAndHighestReadingsAreRows() throws IOException {
    var memory = new IdleMemory(Map.of("docto", ProcessHandle.current().pid()));

    IdleMemory.watch(List.of(memory), SHORT);
    memory.put(results, Side.JVM, measures);

    var rows = results.rows();
    assertThat(rows)
        .extracting(row -> row.measure().name())
        .containsExactly(
            "docto: resident idle",
            "docto: resident idle, anonymous",
            "docto: resident idle, file-backed",
            "docto: resident idle, highest reading");
    assertThat(rows.getLast().peer().orElseThrow())
        .isGreaterThanOrEqualTo(rows.getFirst().peer().orElseThrow())
        .isPositive();
  }

  @Test
  void givenAProgramThatEndedThenThereIsNoNumber() throws Exception {
    var ended = new ProcessBuilder("true").start();
    ended.waitFor();
    var memory = new IdleMemory(Map.of("docto", ended.pid()));

    IdleMemory.watch(List.of(memory), SHORT);

    assertThatThrownBy(() -> memory.put(results, Side.JVM, measures))
        .isInstanceOf(IOException.class);
    assertThat(results.any()).isFalse();
  }
}
