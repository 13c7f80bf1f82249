package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A manager that wants to know who calls. */
class TokenIT extends AppManIT {
  private Path token = Path.of("unset");

  @BeforeEach
  void hooks() throws IOException {
    withHttpHooks();
    token = Files.writeString(directory.resolve("token"), "tok-3f0a\n");
    properties.put("hydra.manager.token-file", token.toString());
  }

  @Test
  void givenATokenThatIsRenewed_thenTheNextCallShowsIt() throws IOException {
    manager.demand("tok-3f0a");
    startServing(ONE);

    Files.writeString(token, "second\n");
    manager.demand("second");
    node.bring(TWO);
    manager.grant(TWO);

    awaitServing(TWO);
  }

  @Test
  void givenAManagerThatRefusesIt_thenItServesOn_saysSo_andGoesOnWhenItIsTaken() {
    manager.demand("tok-3f0a");
    var running = startServing(ONE);

    manager.demand("another");

    awaitThat("it is told", () -> health().contains("refused-by-manager"));
    assertThat(running.isReady()).isTrue();
    assertThat(health()).contains("UNAUTHENTICATED: the fake manager knows nobody so");
    assertThat(output()).contains("cannot report instance=searcher-1", "UNAUTHENTICATED");
    manager.demand("tok-3f0a");
    awaitThat("it is over", () -> !health().contains("refused-by-manager"));
  }

  @Test
  void givenNoToken_thenItSaysWhichFileIsMissing_andGoesOnWhenItIsThere() throws IOException {
    manager.demand("tok-3f0a");
    Files.delete(token);
    node.bring(ONE);
    manager.grant(ONE);
    start();
    awaitThat("it is told", () -> output().contains("there is no such file"));
    assertThat(output()).contains("hydra.manager.token-file", token.toString());

    Files.writeString(token, "tok-3f0a");

    awaitServing(ONE);
    assertThat(output()).doesNotContain("tok-3f0a");
  }

  private String health() {
    return appMan.orElseThrow().body("/q/health/ready");
  }
}
