package io.hydra.appman.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static Settings read(Map<String, String> properties) {
    var all = new HashMap<>(Map.of("hydra.instance.channel", "prod/search/searcher"));
    all.putAll(properties);
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(InstanceConfig.class)
            .withMapping(ManagerConfig.class)
            .withMapping(LayoutConfig.class)
            .withMapping(ApplicationConfig.class)
            .withMapping(DrainConfig.class)
            .withMapping(ReloadConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValues(all)
            .build();
    return new SettingsReader(() -> "host-1")
        .read(
            config.getConfigMapping(InstanceConfig.class),
            config.getConfigMapping(ManagerConfig.class),
            config.getConfigMapping(LayoutConfig.class),
            config.getConfigMapping(ApplicationConfig.class),
            config.getConfigMapping(DrainConfig.class),
            config.getConfigMapping(ReloadConfig.class));
  }

  @Test
  void givenTheChannelAlone_thenAllElseHasADefault() {
    var settings = read(Map.of());

    assertThat(settings.instance().value()).isEqualTo("host-1");
    assertThat(settings.node().value()).isEqualTo("host-1");
    assertThat(settings.reload()).isEqualTo(new ReloadWay.Watch());
    assertThat(settings.directory()).isAbsolute().endsWithRaw(Path.of("data/appman"));
  }

  @Test
  void givenHttp_thenTheReloadUrlIsTaken() {
    var settings =
        read(
            Map.of(
                "hydra.app.reload", "http", "hydra.app.reload-url", "http://127.0.0.1:9/reload"));

    assertThat(settings.reload())
        .isEqualTo(new ReloadWay.Http(URI.create("http://127.0.0.1:9/reload")));
  }

  @Test
  void givenACommandAsIndexedWords_thenAWordMayHoldAComma() {
    var settings =
        read(
            Map.of(
                "hydra.app.reload", "restart",
                "hydra.app.command[0]", "search",
                "hydra.app.command[1]", "--fields=a,b"));

    assertThat(settings.reload()).isEqualTo(new ReloadWay.Child(List.of("search", "--fields=a,b")));
  }

  @Test
  void givenAVariable_thenItsProcessGetsTheSignal() {
    var settings =
        read(Map.of("hydra.app.reload", "signal", "hydra.app.process", "HYDRA_RELOAD=a=b"));

    assertThat(settings.reload())
        .isEqualTo(
            new ReloadWay.Signal("HUP", new ReloadWay.Addressee.Marked("HYDRA_RELOAD", "a=b")));
  }

  @Test
  void givenTwoWaysToNameAProcess_thenThatIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "hydra.app.reload", "signal",
                        "hydra.app.process", "A=b",
                        "hydra.app.pid-file", "/run/pid")))
        .hasMessageContaining("two ways");
    assertThatThrownBy(() -> read(Map.of("hydra.app.reload", "signal", "hydra.app.process", "A")))
        .hasMessageContaining("NAME=VALUE");
  }

  @ParameterizedTest
  @CsvSource({
    "hydra.instance.channel, prod/search, hydra.instance.channel",
    "hydra.instance.id, a/b, hydra.instance.id",
    "hydra.manager.url, manager:8080, hydra.manager.url",
    "hydra.app.reload, http, hydra.app.reload-url is missing",
    "hydra.app.reload, signal, hydra.app.pid-file is missing",
    "hydra.app.reload, restart, hydra.app.command",
    "hydra.app.restart-command, true, hydra.app.reload=restart only",
    "hydra.app.ready-url, file:///x, hydra.app.ready-url",
    "hydra.app.poll, 0s, hydra.app.poll",
    "hydra.drain.settle, -1s, hydra.drain.settle",
    "hydra.reload.deadline, 0s, hydra.reload.deadline",
  })
  void givenAMistake_thenThePropertyIsNamed(String property, String value, String named) {
    assertThatThrownBy(() -> read(Map.of(property, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(named);
  }
}
