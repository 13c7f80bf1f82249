package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterFormsTest {
  @ParameterizedTest
  @CsvSource({
    "limit, abc, limit 'abc' is not a whole number",
    "limit, '', limit '' is not a whole number",
    "days, 1.5, days '1.5' is not a whole number",
    "part, 2147483648, part '2147483648' is not a number from -2147483648 to 2147483647",
    "since, 9223372036854775808, since '9223372036854775808' is not a number from -9223372036854775808 to 9223372036854775807",
    "unless, ready, 'unless ''ready'' is none of UNKNOWN, READY, NOT_READY'"
  })
  void givenWhatCannotBeReadThenItIsNamedWithWhatIsWrong(
      String name, String given, String expected) {
    assertThat(ParameterForms.objection(name, given)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"limit, 10", "since, 9223372036854775807", "unless, READY", "env, abc"})
  void givenWhatCanBeReadThenNothingIsSaid(String name, String given) {
    assertThat(ParameterForms.objection(name, given)).isEmpty();
  }

  @Test
  void givenALongOneOrControlCharactersThenTheyAreNotRepeated() {
    assertThat(ParameterForms.objection("limit", "\u001b" + "x".repeat(1000)))
        .contains("limit '\\u001b%s…' is not a whole number".formatted("x".repeat(199)));
  }

  /** So that one that comes anew is told of, too. Whatever is no {@code true} is false. */
  @Test
  void givenTheDocumentThenEachParameterThatIsMoreThanTextIsKnown() throws IOException {
    var document = new ObjectMapper(new YAMLFactory()).readTree(Path.of("openapi.yaml").toFile());
    var unknown = new TreeSet<String>();
    for (var parameter :
        document.findValues("parameters").stream().flatMap(a -> a.valueStream()).toList()) {
      var schema = parameter.path("schema");
      var type = schema.path("type").asText();
      boolean isMore = !type.equals("string") && !type.equals("boolean");
      var name = parameter.path("name").asText();
      if (isMore && ParameterForms.objection(name, "no form at all").isEmpty()) {
        unknown.add(name);
      }
    }

    assertThat(unknown).isEmpty();
  }
}
