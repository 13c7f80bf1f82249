package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.wire.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager that wants to know who calls. */
class TokenIT {
  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));
  private Path directory = Path.of("unset");

  @BeforeEach
  void givenAHome(@TempDir Path home) {
    directory = home;
    hydra = new Program(home);
    manager.on("GET", "/nodes", new Page<>(List.of(), Optional.empty()));
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  private String file(String token) throws IOException {
    return Files.writeString(directory.resolve(token), token + "\n").toString();
  }

  private String shown() {
    return manager.requests().getLast().token().orElse("none");
  }

  @Test
  void optionsVariablesAndTheContextNameTheFile() throws IOException {
    hydra.run("nodes", "--manager", manager.address(), "--token-file", file("by-option"));
    assertThat(shown()).isEqualTo("Bearer by-option");

    hydra.run(
        "context", "set", "it", "--manager", manager.address(), "--token-file", file("by-context"));
    hydra.run("nodes");
    assertThat(shown()).isEqualTo("Bearer by-context");
    assertThat(hydra.run("context", "show").out()).contains("token-file").contains("by-context");

    hydra.run("nodes", "--manager", manager.address());
    assertThat(shown()).as("a context's token goes to its manager only").isEqualTo("none");

    hydra.with("HYDRA_TOKEN_FILE", file("by-variable"));
    hydra.run("nodes");
    assertThat(shown()).isEqualTo("Bearer by-variable");
  }

  @Test
  void aFileThatIsMissingIsTwoAndIsNamed() {
    var missing = directory.resolve("missing").toString();

    var result = hydra.run("nodes", "--manager", manager.address(), "--token-file", missing);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--token-file", missing, "there is no such file");
    assertThat(manager.requests()).isEmpty();
  }

  @Test
  void aManagerThatDoesNotKnowTheCallerIsOneAndTellsWhatToDo() {
    manager.on("GET", "/instances", ErrorCode.UNAUTHENTICATED);

    var result = hydra.run("instances", "--manager", manager.address());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("UNAUTHENTICATED", "--token-file");
  }
}
