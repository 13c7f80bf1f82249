package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.manager.reconcile.FakeClock;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticTokensTest {
  private static final ChannelId SEARCHER = ChannelId.parse("prod/search/searcher");
  private static final ChannelId OTHER = ChannelId.parse("prod/maps/tiles");

  private final FakeClock clock = new FakeClock();
  private final Path file;

  StaticTokensTest(@TempDir Path directory) {
    file = directory.resolve("tokens");
  }

  private StaticTokens tokens(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
    return new StaticTokens(file, clock);
  }

  private static String line(String name, String token, String rest) {
    return "%s %s %s".formatted(name, Sha256.of(token).hex(), rest);
  }

  @Test
  void givenAToken_thenItsLineSaysWhoAndWhat() throws IOException {
    var tokens =
        tokens("# people", "", line("ci", "secret", "publisher prod/search/* prod/docs/*"));

    var ci = tokens.find("secret").orElseThrow();

    assertThat(ci.name()).isEqualTo("ci");
    assertThat(ci.may(Role.PUBLISHER, SEARCHER)).isTrue();
    assertThat(ci.may(Role.VIEWER, SEARCHER)).isTrue();
    assertThat(ci.may(Role.OPERATOR, SEARCHER)).isFalse();
    assertThat(ci.may(Role.PUBLISHER, OTHER)).isFalse();
    assertThat(ci.agents()).isEmpty();
    assertThat(tokens.find("other")).isEmpty();
    assertThat(tokens.find(Sha256.of("secret").hex())).isEmpty();
  }

  @Test
  void givenSeveralLinesForAToken_thenTheyAddUp() throws IOException {
    var tokens =
        tokens(
            line("host-1", "secret", "agent node:node-1"),
            line("host-1", "secret", "agent node:node-1 instance:searcher-1 prod/search/*"),
            line("host-1", "secret", "viewer *"));

    var host = tokens.find("secret").orElseThrow();

    assertThat(host.agents())
        .containsExactly(
            new Agent.OfNode(NodeName.of("node-1")),
            new Agent.OfInstance(
                InstanceId.of("searcher-1"),
                NodeName.of("node-1"),
                List.of(ChannelPattern.of("prod/search/*").orElseThrow())));
    assertThat(host.may(Role.VIEWER, OTHER)).isTrue();
  }

  @Test
  void givenAChangedFile_thenItIsReadAgain_andAMistakeLeavesWhatWas() throws IOException {
    var tokens = tokens(line("ci", "old", "viewer *"));
    Files.writeString(file, line("ci", "new-token", "viewer *") + "\n# changed");
    assertThat(tokens.find("old")).as("looked at once a second").isPresent();

    clock.pass(Duration.ofSeconds(1));
    assertThat(tokens.find("old")).isEmpty();
    assertThat(tokens.find("new-token")).isPresent();

    Files.writeString(file, "ci");
    clock.pass(Duration.ofSeconds(1));
    assertThat(tokens.find("new-token")).isPresent();

    Files.delete(file);
    clock.pass(Duration.ofSeconds(1));
    assertThat(tokens.find("new-token")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ci|line 2: must be written NAME",
        "ci secret viewer *|line 2: the second word must be the token's SHA-256",
        "ci HASH boss *|'boss' is no role; there are viewer",
        "ci HASH viewer prod|'prod' is no pattern of channels",
        "ci HASH agent prod/search/*|an agent needs node:NAME",
        "ci HASH agent node:-|node '-' must be"
      })
  void givenAMistake_thenTheStartEndsAndSaysWhere(String line, String words) throws IOException {
    Files.writeString(file, "# one\n" + line.replace("HASH", Sha256.of("t").hex()));

    assertThatThrownBy(() -> new StaticTokens(file, clock))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hydra.identity.tokens-file")
        .hasMessageContaining(words);
  }

  @Test
  void givenNoFile_thenTheStartEndsAndNamesTheSetting() {
    assertThatThrownBy(() -> new StaticTokens(file, clock))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hydra.identity.tokens-file");
  }
}
