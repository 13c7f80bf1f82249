package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.wire.UptimeChange;
import io.hydra.wire.UptimeForecast;
import io.hydra.wire.UptimeStep;
import io.hydra.wire.UptimeWorkload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What uptime windows are going to do is told before they do it. */
class UptimeIT {
  private static final UptimeForecast FORECAST =
      new UptimeForecast(
          Instant.parse("2026-03-28T11:00:00Z"),
          true,
          true,
          List.of(
              new UptimeWorkload(
                  "Deployment",
                  "search",
                  "searcher",
                  Optional.of(Samples.CHANNEL),
                  0,
                  Optional.of(3),
                  Optional.of("Mon-Fri 08:00-19:30 Europe/Berlin"),
                  "namespace")),
          List.of(
              new UptimeStep(
                  Instant.parse("2026-03-30T06:00:00Z"),
                  "Deployment",
                  "search",
                  "searcher",
                  UptimeChange.UP,
                  3)));

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHome(@TempDir Path home) {
    hydra = new Program(home).with("HYDRA_MANAGER", manager.address());
    manager.on("GET", "/uptime", FORECAST);
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void aTableTellsOfWorkloadsAndOfWhatWillBeDone() {
    var result = hydra.run("uptime", "-n", "search", "--now", "2026-03-28T12:00:00+01:00");

    assertThat(result.out())
        .contains("Deployment search/searcher", "0 (was 3)", "namespace", "scale to 3")
        .contains("Mon 08:00 Europe/Berlin");
    assertThat(manager.requests("GET", "/uptime").getFirst().query())
        .isEqualTo(Map.of("namespace", "search", "now", "2026-03-28T11:00:00Z", "days", "7"));
  }

  @Test
  void asJsonItIsTheRecord() {
    var result = hydra.run("uptime", "-o", "json");

    assertThat(result.json(new TypeReference<UptimeForecast>() {})).isEqualTo(FORECAST);
  }

  @Test
  void aTimeThatIsNoneIsAWrongUse() {
    assertThat(hydra.run("uptime", "--now", "tomorrow").exitCode()).isEqualTo(2);
    assertThat(hydra.run("channels", "set", "prod/a/b", "--uptime", "always").exitCode())
        .isEqualTo(2);
  }
}
