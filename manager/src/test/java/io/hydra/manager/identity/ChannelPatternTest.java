package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {
  @ParameterizedTest
  @CsvSource({
    "prod/search/*, prod/search/searcher, true",
    "prod/search/*, prod/searching/searcher, false",
    "prod/search/*, stage/search/searcher, false",
    "prod/*/*, prod/search/searcher, true",
    "*/search/team-*, prod/search/team-a, true",
    "*/search/team-*, prod/search/other, false",
    "prod/search/searcher, prod/search/searcher, true",
    "prod/search/searcher, prod/search/searcher-2, false",
    "*, prod/search/searcher, true"
  })
  void givenAPatternAndAChannel_thenItMatchesWithinParts(
      String pattern, String channel, boolean matches) {
    assertThat(ChannelPattern.of(pattern).orElseThrow().matches(ChannelId.parse(channel)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "prod", "prod/search", "prod/search/a/b", "prod/search/A", "**", "p/./x"})
  void givenNoPattern_thenItIsNone(String text) {
    assertThat(ChannelPattern.of(text)).isEmpty();
  }

  @Test
  void givenAStarInEachPart_thenThatIsAll() {
    assertThat(ChannelPattern.of("*")).contains(ChannelPattern.ALL);
    assertThat(ChannelPattern.ALL.isAll()).isTrue();
    assertThat(ChannelPattern.of("prod/*/*").orElseThrow().isAll()).isFalse();
  }
}
