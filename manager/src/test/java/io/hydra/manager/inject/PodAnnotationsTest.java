package io.hydra.manager.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What annotations mean, and what is said of those that mean nothing. */
class PodAnnotationsTest {
  private static final String CHANNEL = "prod/search/searcher";

  private static Reading read(String... keysAndValues) {
    var annotations = new HashMap<>(Map.of("hydra/channel", CHANNEL));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      annotations.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new PodAnnotations(Pods.pod(annotations), 8082).read();
  }

  private static Wish wish(String... keysAndValues) {
    return ((Reading.Understood) read(keysAndValues)).wish();
  }

  @Test
  void givenAChannelAlone_thenTheApplicationFollowsCurrent() {
    assertThat(wish())
        .isEqualTo(new Wish(ChannelId.parse(CHANNEL), new Reload.Watch(), 8082, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"evict", "restart"})
  void givenARestart_thenItIsAnEviction(String mode) {
    assertThat(wish("hydra/reload", mode).reload()).isEqualTo(new Reload.Evict());
  }

  @Test
  void givenASignal_thenItIsHupToTheFirstContainer() {
    assertThat(wish("hydra/reload", "signal").reload()).isEqualTo(new Reload.Signal("HUP", "main"));
  }

  @Test
  void givenAllThatOneCanSay_thenAppManIsToldIt() {
    var wish =
        wish(
            "hydra/reload", "http",
            "hydra/reload-url", "http://127.0.0.1:8090/reload",
            "hydra/loaded-url", "http://127.0.0.1:8090/loaded",
            "hydra/ready-url", "http://127.0.0.1:8090/ready",
            "hydra/in-flight-url", "http://127.0.0.1:8090/in-flight",
            "hydra/drain-settle", "3s",
            "hydra/drain-deadline", "500ms",
            "hydra/reload-deadline", "PT5M",
            "hydra/port", "9000");

    assertThat(wish.reload()).isEqualTo(new Reload.Http("http://127.0.0.1:8090/reload"));
    assertThat(wish.port()).isEqualTo(9000);
    assertThat(wish.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "HYDRA_APP_LOADED_URL", "http://127.0.0.1:8090/loaded",
                "HYDRA_APP_READY_URL", "http://127.0.0.1:8090/ready",
                "HYDRA_APP_IN_FLIGHT_URL", "http://127.0.0.1:8090/in-flight",
                "HYDRA_DRAIN_SETTLE", "3s",
                "HYDRA_DRAIN_DEADLINE", "500ms",
                "HYDRA_RELOAD_DEADLINE", "PT5M"));
  }

  @ParameterizedTest
  @CsvSource({
    "hydra/inject, yes, must be",
    "hydra/channel, searcher, env/namespace/name",
    "hydra/channel, prod/Search/searcher, lower-case",
    "hydra/reload, htp, 'must be http, signal, restart, evict or watch'",
    "hydra/reload, http, hydra/reload-url is missing",
    "hydra/ready-url, 127.0.0.1:8090/ready, http://",
    "hydra/ready-url, ftp://example/ready, http://",
    "hydra/ready-url, http:///ready, http://",
    "hydra/ready-url, http://[, http://",
    "hydra/drain-settle, soon, duration",
    "hydra/drain-settle, -5s, duration",
    "hydra/drain-deadline, '', duration",
    "hydra/port, 0, port",
    "hydra/port, 65536, port",
    "hydra/port, http, port"
  })
  void givenAWrongOne_thenItIsNamedWithItsRule(String key, String value, String words) {
    assertThat(read(key, value))
        .asInstanceOf(InstanceOfAssertFactories.type(Reading.Objected.class))
        .extracting(Reading.Objected::objections, InstanceOfAssertFactories.LIST)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("annotation hydra/")
        .contains(words);
  }

  @Test
  void givenASignalToNobody_thenTheContainerIsNamed() {
    assertThat(read("hydra/reload", "signal", "hydra/container", "other").toString())
        .contains("hydra/container: 'other'");
  }

  @Test
  void givenAWrongSignal_thenItIsNamed() {
    assertThat(read("hydra/reload", "signal", "hydra/signal", "9; rm").toString())
        .contains("hydra/signal: '9; rm'");
  }

  @Test
  void givenSeveralThatAreWrong_thenAllAreNamedAtOnce() {
    var reading =
        (Reading.Objected) read("hydra/reload", "no", "hydra/port", "x", "hydra/inject", "");

    assertThat(reading.objections()).hasSize(3);
  }

  @Test
  void givenAKeyThatIsMistyped_thenThatIsAWarning_andPartOfWhatIsWrong() {
    assertThat(((Reading.Understood) read("hydra/drain-setle", "5s")).doubts())
        .containsExactly("annotation hydra/drain-setle is none that Hydra knows");
    assertThat(
            ((Reading.Objected) read("hydra/reload", "http", "hydra/reloadurl", "x")).objections())
        .hasSize(2);
  }

  @Test
  void givenHostileText_thenItIsShownHarmlesslyAndCut() {
    var said = read("hydra/reload", "\u001b[31m\n" + "x".repeat(100_000)).toString();

    assertThat(said).doesNotContain("\u001b", "\n").hasSizeLessThan(400);
  }

  @Test
  void givenALabelInsteadOfTheAnnotation_thenItCountsAsWell() {
    var pod = Pods.pod(Map.of("hydra/channel", CHANNEL));
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.at("/metadata/annotations"))
        .remove("hydra/inject");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.path("metadata"))
        .putObject("labels")
        .put("hydra/inject", "ja");

    assertThat(new PodAnnotations(pod, 8082).read().toString()).contains("hydra/inject: 'ja'");
  }
}
