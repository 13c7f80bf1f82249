package io.hydra.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.cli.CliFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void aFileThatIsNotThereIsEmpty() {
    assertThat(new ConfigFile(folder.resolve("none")).read()).isEqualTo(CliConfig.EMPTY);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var file = new ConfigFile(folder.resolve("a/b/config.yaml"));
    var config =
        new CliConfig(
            Optional.of("local"),
            Map.of(
                "local",
                new Context(
                    Optional.of("http://127.0.0.1:8080"),
                    List.of("prod", "123"),
                    Optional.of("search"),
                    Optional.empty(),
                    ConnectionFiles.NONE)));

    file.write(config);

    assertThat(file.read()).isEqualTo(config);
  }

  @Test
  void theShapeInTheManualIsUnderstood() throws Exception {
    var path =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            current-context: local   # a comment
            contexts:
              local: {manager: http://127.0.0.1:8080, environments: [prod], namespace: search, release: searcher}
            """);

    var context = new ConfigFile(path).read().context("local").orElseThrow();

    assertThat(context)
        .isEqualTo(
            new Context(
                Optional.of("http://127.0.0.1:8080"),
                List.of("prod"),
                Optional.of("search"),
                Optional.of("searcher"),
                ConnectionFiles.NONE));
  }

  @Test
  void aMistakeTellsItsPlace() throws Exception {
    var path = Files.writeString(folder.resolve("config.yaml"), "contexts:\n  a: [1\n");

    assertThatThrownBy(() -> new ConfigFile(path).read())
        .isInstanceOf(CliFailure.class)
        .hasMessageEndingWith(
            "'contexts.a' holds another kind of value than it should (line 2, column 6)");
  }

  @Test
  void aLinkToTheFileStaysALink() throws Exception {
    var real = Files.writeString(folder.resolve("real.yaml"), "contexts: {}\n");
    var link = Files.createSymbolicLink(folder.resolve("config.yaml"), real);

    new ConfigFile(link).write(CliConfig.EMPTY.withCurrent("x"));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).content().contains("current-context: x");
  }

  @Test
  void theVariableNamesTheFile() {
    var file = ConfigFile.of(new Variables(Map.of("HYDRA_CONFIG", "/x/y")), Path.of("/home/me"));

    assertThat(file.path()).isEqualTo(Path.of("/x/y"));
  }

  @Test
  void elseItLiesInTheConfigurationFolder() {
    var file = ConfigFile.of(new Variables(Map.of("XDG_CONFIG_HOME", "/c")), Path.of("/home/me"));

    assertThat(file.path()).isEqualTo(Path.of("/c/hydra/config.yaml"));
  }

  @Test
  void elseBelowTheHome() {
    var file = ConfigFile.of(new Variables(Map.of()), Path.of("/home/me"));

    assertThat(file.path()).isEqualTo(Path.of("/home/me/.config/hydra/config.yaml"));
  }
}
