package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesAndLimitsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prod/search",
        "prod/search/searcher/x",
        "prod//x",
        "Prod/a/b",
        "prod/../b",
        "prod/a/-b"
      })
  void malformedChannelsAreRefused(String text) {
    assertThatThrownBy(() -> ChannelId.parse(text)).isInstanceOf(HydraException.class);
  }

  @Test
  void channelIsWrittenAsItIsRead() {
    assertThat(ChannelId.parse("prod/search/searcher")).hasToString("prod/search/searcher");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "", "a b", "-a"})
  void datasetNamesThatAreNoPlainFileNamesAreRefused(String name) {
    assertThatThrownBy(() -> new DatasetName(name)).isInstanceOf(HydraException.class);
  }

  @Test
  void controlCharactersOfRefusedNamesDoNotReachTheTerminal() {
    assertThatThrownBy(() -> new DatasetName("a\u001b[2J")).hasMessageContaining("a\\u001b[2J");
  }

  @ParameterizedTest
  @CsvSource({"1,10,1", "3,2,3", "25%,8,2", "25%,3,1", "100%,3,3", "1%,1000,10", "10%,0,1"})
  void budgetIsRoundedDownButNeverToNothing(String written, int instances, int allowed) {
    assertThat(MaxUnavailable.parse(written).of(instances)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0%", "101%", "-1", "x", "1.5"})
  void senselessBudgetsAreRefused(String written) {
    assertThatThrownBy(() -> MaxUnavailable.parse(written)).isInstanceOf(HydraException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"immediate", "manual", "verified(3)", "verified(50%)"})
  void promotionIsWrittenAsItIsRead(String written) {
    assertThat(Promotion.parse(written)).hasToString(written);
  }

  @ParameterizedTest
  @CsvSource({
    "verified,4,4",
    "verified(50%),3,2",
    "verified(1%),3,1",
    "verified(2),5,2",
    "verified(9),3,3",
    "verified,0,1"
  })
  void quorumIsRoundedUpAndAtLeastOneNodeAndAtMostAll(String written, int nodes, int needed) {
    assertThat(Promotion.parse(written).quorumOf(nodes)).isEqualTo(needed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "later", "verified()", "verified(0)", "verified(101%)", "verified(x)"})
  void senselessPromotionsAreRefused(String written) {
    assertThatThrownBy(() -> Promotion.parse(written)).isInstanceOf(HydraException.class);
  }

  @Test
  void scopesOfOneNameAreRefusedByIt() {
    var settings = ChannelSettings.builder();
    var us = scope("us");

    assertThatThrownBy(() -> settings.scopes(scope("eu"), us, us).build())
        .hasMessageContaining("two scopes have the name us; rename or remove one of them");
  }

  @Test
  void scopeThatIsNullIsRefused() {
    var scopes = "{\"scopes\": [null]}";

    assertThatThrownBy(() -> HydraJson.mapper().readValue(scopes, ChannelSettings.class))
        .rootCause()
        .hasMessageContaining("a scope is null");
  }

  private static Scope scope(String name) {
    return new Scope(ScopeName.of(name), Map.of("region", name), Optional.empty());
  }
}
