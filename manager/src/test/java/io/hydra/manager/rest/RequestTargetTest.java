package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "*", "/a?b=c", "/%2F%aF?%25=%C3%bc", "/a%20b", "http://m:1/a?b"})
  void givenAWellFormedOneThenNothingIsSaid(String target) {
    assertThat(RequestTarget.objection(target)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/a?cursor=%%%, '''%%%'' in the query'",
    "/a?x=%2, '''%2'' in the query'",
    "/a?x=%20&y=%g0&z, '''%g0'' in the query'",
    "/a%zz/b, '''%zz'' in the path'",
    "/a%?x=1, '''%?x'' in the path'",
    "/%, '''%'' in the path'"
  })
  void givenAMalformedPercentEncodingThenItIsNamed(String target, String expected) {
    assertThat(RequestTarget.objection(target))
        .hasValueSatisfying(
            said -> assertThat(said).startsWith(expected + " is not a percent-encoding"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a?b={c}, '''{'' in the query must be percent-encoded'",
    "/[a], '''['' in the path must be percent-encoded'"
  })
  void givenACharacterThatMustBeEncodedThenItIsNamed(String target, String expected) {
    assertThat(RequestTarget.objection(target)).contains(expected);
  }

  @Test
  void givenOneThatIsMalformedAsAWholeThenThatIsSaid() {
    assertThat(RequestTarget.objection("//"))
        .hasValueSatisfying(said -> assertThat(said).startsWith("the path is malformed: "));
  }
}
