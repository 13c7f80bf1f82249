package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelSettings;
import io.hydra.model.NodeName;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.HydraJson;
import io.hydra.wire.NodeRegistration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static Map<String, String> labels(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "label-" + i)
        .collect(Collectors.toMap(Function.identity(), label -> "x"));
  }

  private static NodeRegistration node(Map<String, String> labels, int rootLength) {
    return new NodeRegistration(new NodeName("n"), labels, "/".repeat(rootLength), "1");
  }

  @Test
  void asMuchAsIsAllowedIsTaken() {
    assertThatCode(() -> Limits.check(node(labels(128), 4096))).doesNotThrowAnyException();
    assertThatCode(() -> Limits.check(node(Map.of("l".repeat(317), "v".repeat(253)), 1)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Limits.checkReason(Optional.of("x".repeat(500))))
        .doesNotThrowAnyException();
    assertThatCode(() -> Limits.check(ChannelSettings.DEFAULT)).doesNotThrowAnyException();
  }

  @Test
  void whatIsMoreIsRefusedWithItsLimit() {
    assertRefused(
        "labels has 129 labels, over the limit of 128", () -> Limits.check(node(labels(129), 1)));
    assertRefused(
        "over the limit of 317", () -> Limits.check(node(Map.of("l".repeat(318), ""), 1)));
    assertRefused(
        "the value of l has 254", () -> Limits.check(node(Map.of("l", "v".repeat(254)), 1)));
    assertRefused("dataRoot has 4097", () -> Limits.check(node(Map.of(), 4097)));
    assertRefused("reason has 501", () -> Limits.checkReason(Optional.of("x".repeat(501))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"retainReleases\": 1001} | retainReleases must be 1 to 1000",
        "{\"retainOnNode\": 0} | retainOnNode must be 1 to 1000",
        "{\"retainFor\": \"P3651D\"} | retainFor must be 0 to 3650 days",
        "{\"retainFor\": \"-PT1S\"} | retainFor must be 0 to 3650 days",
        "{\"progressDeadline\": \"PT0.5S\"} | progressDeadline must be 1 s to 7 days",
        "{\"progressDeadline\": \"P8D\"} | progressDeadline must be 1 s to 7 days"
      })
  void settingsOutOfTheirRangeAreRefusedByName(String written, String why) throws Exception {
    var settings = HydraJson.mapper().readValue(written, ChannelSettings.class);

    assertRefused(why, () -> Limits.check(settings));
  }

  @Test
  void listsInSettingsAreBounded() throws Exception {
    var names =
        IntStream.range(0, 257).mapToObj(i -> "n" + i).collect(Collectors.toUnmodifiableSet());
    var windows =
        "{\"uptime\": \"%s\"}".formatted("Mon 08:00-09:00 UTC; ".repeat(65).replaceAll("; $", ""));
    var uptime = HydraJson.mapper().readValue(windows, ChannelSettings.class);

    assertRefused(
        "consumerNamespaces has 257 names",
        () -> Limits.check(ChannelSettings.builder().consumerNamespaces(names).build()));
    assertRefused("uptime has 65 windows", () -> Limits.check(uptime));
    assertRefused("scopes has 17 scopes", () -> Limits.check(scopes(17, "x")));
    assertRefused(
        "the value of region has 254 characters", () -> Limits.check(scopes(1, "x".repeat(254))));
  }

  private static ChannelSettings scopes(int count, String region) {
    return ChannelSettings.builder()
        .scopes(
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        new Scope(
                            ScopeName.of("s" + i), Map.of("region", region), Optional.empty()))
                .toArray(Scope[]::new))
        .build();
  }

  private static void assertRefused(String why, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
        .hasMessageContaining(why);
  }
}
