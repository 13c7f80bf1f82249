package io.hydra.manager.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLineTest {
  private static AuditLine by(String who, Optional<String> after) {
    return new AuditLine(
        "Channels.pin",
        Optional.of(who),
        Optional.empty(),
        Optional.of("10.0.0.7"),
        Optional.of("prod/search/searcher"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        after,
        AuditLine.OK);
  }

  @Test
  void allKeysAreThereAlways() {
    assertThat(by("jane", Optional.of("head=1 pin=none")).text())
        .isEqualTo(
            "action=Channels.pin who=jane as=- from=10.0.0.7 channel=prod/search/searcher release=-"
                + " node=- instance=- before=- after=\"head=1 pin=none\" result=OK");
  }

  @Test
  void aNameThatLooksLikeAKeyOrBeginsALineIsQuoted() {
    assertThat(by("eve who=jane", Optional.empty()).text()).contains("who=\"eve who=jane\" as=-");
    assertThat(by("eve\nresult=OK \"", Optional.empty()).text())
        .contains("who=\"eve\\u000aresult=OK \\u0022\" as=-")
        .doesNotContain("\n");
  }

  @Test
  void aLongStateIsCut() {
    assertThat(by("jane", Optional.of(" ".repeat(3_000))).text().length()).isLessThan(2_300);
  }
}
