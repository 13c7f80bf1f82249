package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that work on files here: templates, contexts, completion. */
class LocalCommandsIT {

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHomeWithDefaults(@TempDir Path home) {
    hydra =
        new Program(home)
            .with("HYDRA_MANAGER", manager.address())
            .with("HYDRA_NAMESPACE", "search")
            .with("HYDRA_RELEASE", "searcher");
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void templateInitWritesWhatTemplateCheckAccepts() {
    assertThat(hydra.run("template", "init", "t.json").exitCode()).isZero();

    var result = hydra.run("template", "check", "t.json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("dataset_1", "dataset_2", "RAM");
  }

  @Test
  void asAPluginOfKubectlItSaysSo() throws IOException {
    hydra.asPlugin();

    assertThat(hydra.run("publish", "--help").out())
        .contains("Usage: kubectl hydra publish ", "  kubectl hydra publish template.json");
    assertThat(hydra.run("publish").err()).contains("see `kubectl hydra publish --help`");
    assertThat(hydra.run("completion").out()).contains("complete -F _complete_hydra");
  }

  @Test
  void templateInitReplacesAFileOnlyByForce() {
    var first = hydra.run("template", "init");
    var second = hydra.run("template", "init");
    var third = hydra.run("template", "init", "--force");

    assertThat(List.of(first.exitCode(), second.exitCode(), third.exitCode()))
        .containsExactly(0, 2, 0);
  }

  @Test
  void contextsChooseTheManagerByEnvironment() {
    hydra.with("HYDRA_MANAGER", "");
    manager.on("GET", "/channels/stage/search/searcher/status", Samples.done());
    hydra.run("context", "set", "live", "--manager", "http://127.0.0.1:1", "--environment", "prod");
    hydra.run("context", "set", "test", "--manager", manager.address(), "--environment", "stage");

    var result = hydra.run("status", "--env", "stage", "-o", "json");

    assertThat(result.json(new TypeReference<ChannelStatus>() {}).rollout().phase())
        .isEqualTo(RolloutPhase.DONE);
  }

  @Test
  void contextCommandsKeepTheFile() {
    hydra.run("context", "set", "a", "--manager", "localhost:1", "--environment", "prod,stage");
    hydra.run("context", "set", "b", "--manager", "http://h:2", "-n", "search", "--use");
    hydra.run("context", "set", "a", "--release", "searcher");

    var list = hydra.run("context").out();
    hydra.run("context", "use", "a");
    var shown = hydra.run("context", "show").out();
    hydra.run("context", "delete", "a");

    assertThat(list.lines()).anyMatch(line -> line.startsWith("*  b"));
    assertThat(shown).contains("http://localhost:1", "prod, stage", "searcher");
    assertThat(hydra.run("context", "show").exitCode()).isEqualTo(2);
    assertThat(hydra.run("context", "list", "-o", "json").out()).doesNotContain("\"a\"");
  }

  @Test
  void anEmptyFileTakesAwayWhatAContextHad() {
    hydra.run("context", "set", "a", "--manager", "https://h:1", "--ca-file", "ca.pem");
    var before = hydra.run("context", "show").out();
    hydra.run("context", "set", "a", "--ca-file", "");

    assertThat(before).contains("ca.pem");
    assertThat(hydra.run("context", "show").out()).doesNotContain("ca-file");
  }

  @Test
  void completionIsAScriptThatBashAccepts() throws Exception {
    var script = hydra.home().resolve("completion.bash");
    Files.writeString(script, hydra.run("completion").out());

    var bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

    assertThat(bash.waitFor()).isZero();
    assertThat(Files.readString(script)).contains("--same-version");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(hydra.run("--version").out()).startsWith("hydra ");
  }
}
