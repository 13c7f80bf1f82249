package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"12\"", "*", "\"3\", \"12\"", " \"12\" "})
  void givenTheRevisionAmongTheTagsThenItMatches(String header) {
    assertThat(EntityTags.matches(header, 12)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "\"1\"", "\"112\"", "W/\"12\""})
  void givenOtherTagsThenItDoesNot(String header) {
    assertThat(EntityTags.matches(header, 12)).isFalse();
  }
}
