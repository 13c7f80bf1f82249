package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.testing.s3.S3Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchOptionsTest {
  @Test
  void givenNoArgument_whenParsed_thenItIsTheFullSize() {
    var options = FetchOptions.parse();

    assertThat(options.works())
        .extracting(FetchWork::title)
        .containsExactly("1 x 4 GiB", "1,000 x 1 MiB", "20,000 x 16 KiB");
    assertThat(options.runs()).isEqualTo(5);
    assertThat(options.sides()).containsExactly(Side.NATIVE, Side.JVM);
    assertThat(options.tools()).containsExactly(FetchTool.values());
    assertThat(options.scenes()).isTrue();
  }

  @Test
  void givenEachArgument_whenParsed_thenItCounts() {
    assertThat(
            FetchOptions.parse(
                "--works=2MiB,3x4KiB",
                "--runs=7",
                "--server=seaweedfs",
                "--tools=s5cmd",
                "--jvm",
                "--https",
                "--rtt=80ms",
                "--no-scenes"))
        .isEqualTo(
            new FetchOptions(
                List.of(new FetchWork(1, 2 << 20), new FetchWork(3, 4 << 10)),
                7,
                S3Peer.Kind.SEAWEEDFS,
                List.of(FetchTool.S5CMD),
                Optional.of(Side.JVM),
                true,
                Optional.of(Duration.ofMillis(80)),
                OptionalInt.empty(),
                false,
                false));
  }

  @Test
  void givenQuick_whenParsed_thenWorksAndRunsAreFewerAndWhatStandsBehindCounts() {
    var options = FetchOptions.parse("--quick", "--runs=9");

    assertThat(options.works().stream().mapToLong(FetchWork::bytes).sum()).isLessThan(1L << 30);
    assertThat(options.runs()).isEqualTo(9);
  }

  @Test
  void givenNoTools_whenParsed_thenThereAreNone() {
    assertThat(FetchOptions.parse("--tools=none").tools()).isEmpty();
  }

  @Test
  void givenAThrottle_whenParsed_thenItGoesWithARoundTrip() {
    var options = FetchOptions.parse("--throttle=400", "--rtt=80ms");

    assertThat(options.throttle()).hasValue(400);
    assertThat(options.roundTrip()).contains(Duration.ofMillis(80));
  }

  @ParameterizedTest
  @CsvSource({"--throttle=400,--https", "--https,--throttle=400"})
  void givenAThrottleAndHttps_whenParsed_thenASentenceRefusesThem(String one, String other) {
    assertThatThrownBy(() -> FetchOptions.parse(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--throttle does not go with --https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--works",
        "--works=",
        "--works=1x",
        "--works=4GB",
        "--works=0x1MiB",
        "--runs=0",
        "--runs=51",
        "--server=minio",
        "--tools=curl",
        "--tools=",
        "--rtt=20",
        "--throttle",
        "--throttle=0",
        "--throttle=1000000",
        "--throttle=4x",
        "--https=yes",
        "x"
      })
  void givenAMistake_whenParsed_thenItIsRefused(String argument) {
    assertThatThrownBy(() -> FetchOptions.parse(argument))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
