package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.model.ChannelSettings;
import io.hydra.wire.HydraJson;
import io.hydra.wire.PinRequest;
import java.io.IOException;
import java.lang.reflect.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictBodiesTest {
  private final ObjectMapper mapper = HydraJson.mapper();

  private Object read(String body, Type type) throws IOException {
    return new StrictBodies().apply(mapper, type).readValue(body);
  }

  private Problem refusal(String body, Type type) {
    return (Problem)
        assertThatThrownBy(() -> read(body, type))
            .isInstanceOf(UnrecognizedPropertyException.class)
            .extracting(e -> new Problems().mismatched((UnrecognizedPropertyException) e))
            .extracting(answer -> answer.getEntity())
            .actual();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"maxUnavailible\": 2} | maxUnavailible | did you mean maxUnavailable?",
        "{\"MaxUnavailable\": 2} | MaxUnavailable | did you mean maxUnavailable?",
        "{\"retainRelease\": 2} | retainRelease | did you mean retainReleases?",
        "{\"scopes\": [{\"name\": \"eu\", \"nodeSelector\": {\"r\": \"eu\"}, \"promote\": 1}]} | scopes.[0].promote | did you mean promotion?"
      })
  void givenAMistypedFieldThenItIsRefusedWithTheOneThatIsMeant(
      String body, String field, String meant) {
    var problem = refusal(body, ChannelSettings.class);

    assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(problem.detail()).isEqualTo("the body has the unknown field '%s'; %s", field, meant);
    assertThat(problem.context()).containsEntry("field", field);
  }

  @Test
  void givenAFieldThatIsLikeNoneThenThoseThatThereAreAreNamed() {
    assertThat(refusal("{\"comment\": 1}", PinRequest.class).detail())
        .isEqualTo("the body has the unknown field 'comment'; known are scope, version");
  }

  @Test
  void givenAFieldWithControlCharactersThenTheyAreNotRepeated() {
    assertThat(refusal("{\"\\u001b[2J\": 1}", PinRequest.class).detail()).contains("'\\u001b[2J'");
  }

  @Test
  void givenTheMapperThenItStillPassesOverThem() throws IOException {
    assertThat(read("{}", ChannelSettings.class)).isEqualTo(ChannelSettings.NONE);

    assertThat(mapper.readValue("{\"later\": 1}", ChannelSettings.class))
        .isEqualTo(ChannelSettings.NONE);
  }
}
