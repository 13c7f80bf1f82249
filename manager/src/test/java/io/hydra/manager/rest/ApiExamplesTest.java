package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.manager.rest.ApiExamples.Example;
import io.hydra.wire.HydraJson;
import io.hydra.wire.Page;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApiExamplesTest {
  private static final ObjectMapper STRICT =
      HydraJson.mapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  static List<Example> examples() {
    return ApiExamples.all();
  }

  /** A field that the record does not have, or that it writes and the example lacks, fails. */
  @ParameterizedTest
  @MethodSource("examples")
  void givenAnExampleThenItIsWhatItsRecordReadsAndWrites(Example example)
      throws JsonProcessingException {
    var types = STRICT.getTypeFactory();
    var type =
        example.isPage()
            ? types.constructParametricType(Page.class, example.type())
            : types.constructType(example.type());

    var read = STRICT.readValue(example.json(), type);

    assertThat(STRICT.readTree(STRICT.writeValueAsString(read)))
        .isEqualTo(STRICT.readTree(example.json()));
  }

  @Test
  void givenAllExamplesThenNoneStandsThereTwice() {
    assertThat(ApiExamples.all())
        .extracting(example -> example.operation() + " " + example.at())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void givenACodeThenEitherAnOperationIsRefusedWithItOrItIsOfFaultsOnly(ErrorCode code) {
    boolean refuses =
        ApiErrors.operations().stream()
            .flatMap(operation -> ApiErrors.of(operation, true).values().stream())
            .anyMatch(codes -> codes.contains(code));

    assertThat(refuses).isNotEqualTo(ApiErrors.ofFaultsOnly().contains(code));
  }

  @Test
  void givenTheCodesOfAnOperationThenEachStandsAtItsStatus() {
    assertThat(ApiErrors.of("getChannel", false).get(404))
        .containsExactly(ErrorCode.UNKNOWN_ENVIRONMENT, ErrorCode.UNKNOWN_CHANNEL);
    assertThat(ApiErrors.of("getChannel", false)).doesNotContainKey(413);
    assertThat(ApiErrors.of("putChannel", true)).containsKeys(412, 413, 415);
  }

  @Test
  void givenCodesThenEachHasASentenceOfItsOwn() {
    Set<String> sentences =
        Arrays.stream(ErrorCode.values()).map(ErrorSentences::of).collect(Collectors.toSet());

    assertThat(sentences).hasSize(ErrorCode.values().length).doesNotContain("");
    assertThat(new HashSet<>(sentences)).allMatch(sentence -> !sentence.endsWith("."));
  }
}
