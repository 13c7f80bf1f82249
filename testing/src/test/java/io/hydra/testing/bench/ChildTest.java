package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  private static final Duration LOOK = Duration.ofMillis(1);

  private final Path directory;

  ChildTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Child run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Child.run(
        List.of("sh", "-c", script), directory, environment, directory.resolve("log"), LOOK);
  }

  @Test
  void givenAnEnvironment_whenRun_thenItIsAddedAndWhatIsEmptyIsTakenOut() throws Exception {
    var unused = run("echo ${ONE-gone} ${HOME-gone}", Map.of("ONE", "1", "HOME", ""));

    assertThat(Files.readString(directory.resolve("log"))).isEqualTo("1 gone\n");
  }

  @Test
  void givenAChildOfAChildThatWorks_whenRun_thenItsProcessorTimeCounts() throws Exception {
    var child = run("(i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done); true", Map.of());

    assertThat(child.processor()).isPositive();
  }

  @Test
  void givenAChildThatFails_whenRun_thenThatIsSaid() {
    assertThatThrownBy(() -> run("exit 3", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit code 3");
  }
}
