package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures end with their exit code, say one clear thing on stderr and nothing on stdout. */
class ExitCodesIT {
  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHome(@TempDir Path home) {
    hydra = new Program(home).with("HYDRA_MANAGER", manager.address());
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void aRefusalOfTheManagerIsOneWithItsCodeAndAHint() {
    manager.on("GET", "/channels/prod/search/searcher/status", ErrorCode.UNKNOWN_CHANNEL);

    var result = hydra.run("status", "-n", "search", "--release", "searcher", "-o", "json");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("hydra: UNKNOWN_CHANNEL: the fake manager says")
        .contains("hydra channels create prod/search/searcher");
  }

  @Test
  void aTemplateWithMistakesIsOneAndNamesThemAll() {
    var result =
        hydra.runWithInput(
            "a: {SourcePath: ftp://x, Placement: 7}\nb: {}", "template", "check", "-");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "INVALID_TEMPLATE", "'ftp://x'", "Placement '7'", "dataset 'b' has no SourcePath");
  }

  @Test
  void anUnknownOptionIsTwo() {
    var result = hydra.run("status", "--wach");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("hydra: USAGE:").contains("--watch", "hydra status --help");
  }

  @Test
  void aMissingFileIsTwo() {
    var result = hydra.run("publish", "none.json", "-n", "search", "--release", "searcher");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("none.json");
  }

  @Test
  void aMissingChannelNameIsTwoAndTellsHowToGiveIt() {
    var result = hydra.run("releases", "-n", "search");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--release", "$HYDRA_RELEASE");
  }

  @Test
  void anUnreachableManagerIsThreeAndIsNamed() {
    manager.goAway();

    var result = hydra.run("channels");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .startsWith("hydra: UNREACHABLE: no manager answers at " + manager.address())
        .contains("connection refused", "--manager", "$HYDRA_MANAGER");
  }

  @Test
  void aManagerThatCannotServeNowIsThree() {
    manager.on("GET", "/nodes", ErrorCode.UNAVAILABLE);

    assertThat(hydra.run("nodes").exitCode()).isEqualTo(3);
  }

  @Test
  void somethingElseAtTheAddressIsThree() {
    manager.on("GET", "/nodes", new FakeManager.Answer(200, "text/html", "<html>hello</html>"));

    var result = hydra.run("nodes");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("does not speak as a Hydra manager does");
  }

  @Test
  void aContextThatIsNotThereIsTwo() {
    assertThat(hydra.run("nodes", "--context", "nowhere").exitCode()).isEqualTo(2);
  }
}
