package io.hydra.manager.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.hydra.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the document that is checked in is shown each call and each answer. */
class CompletenessTest {
  private static final OpenApi DOCUMENT = OpenApi.read(Path.of("openapi.yaml"));

  /** Neither text nor JSON. */
  private static final String BYTES = "application/octet-stream";

  static List<OpenApi.Operation> operations() {
    return DOCUMENT.operations();
  }

  @Test
  void givenTheDocumentThenItHasOperationsEachWithANameOfItsOwn() {
    assertThat(operations())
        .hasSizeGreaterThan(40)
        .extracting(OpenApi.Operation::id)
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void givenAnOperationThenItIsDescribedAndItsParametersHaveExamples(OpenApi.Operation operation) {
    assertThat(operation.node().path("summary").asText()).isNotBlank();
    assertThat(operation.node().path("parameters"))
        .allSatisfy(
            parameter ->
                assertThat(parameter.has("example"))
                    .as("an example of %s in ApiExamples", parameter.path("name"))
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void givenAnOperationThenItsBodiesHaveExamplesThatAreAsTheirSchema(OpenApi.Operation operation) {
    var body = operation.node().path("requestBody").path("content");
    assertShown("the request", body);
    operation
        .node()
        .path("responses")
        .properties()
        .forEach(response -> assertShown(response.getKey(), response.getValue().path("content")));
  }

  private static void assertShown(String what, JsonNode content) {
    for (var type : content.properties()) {
      var examples = examples(type.getValue());
      if (!type.getKey().equals(BYTES) && !what.equals("default")) {
        assertThat(examples).as("examples of %s, in ApiExamples", what).isNotEmpty();
      }
      for (var example : examples) {
        assertThat(mistakes(type.getValue().path("schema"), example))
            .as("mistakes in the example of %s", what)
            .isEmpty();
      }
    }
  }

  private static List<JsonNode> examples(JsonNode mediaType) {
    var all = new ArrayList<JsonNode>();
    if (mediaType.has("example")) {
      all.add(mediaType.path("example"));
    }
    mediaType.path("examples").forEach(example -> all.add(DOCUMENT.resolve(example).path("value")));
    return all;
  }

  private static List<String> mistakes(JsonNode schema, JsonNode example) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.set("components", DOCUMENT.root().path("components"));
    whole.set("allOf", JsonNodeFactory.instance.arrayNode().add(schema));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(whole)
        .validate(example)
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void givenAnExampleThatIsNotAsItsSchemaThenThatIsSeen() {
    var schema =
        JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/ReleaseRef");
    var wrong = JsonNodeFactory.instance.objectNode().put("sequence", "two");

    assertThat(mistakes(schema, wrong)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void givenAnOperationThenItsRefusalsAreListedByCode(OpenApi.Operation operation) {
    var responses = operation.node().path("responses");
    assertThat(responses.properties())
        .extracting(Map.Entry::getKey)
        .contains("400", "401", "403", "500", "503", "default");
    assertThat(responses.properties())
        .filteredOn(response -> response.getKey().matches("[45]\\d\\d"))
        .allSatisfy(
            response -> {
              var codes = response.getValue().path("x-error-codes");
              assertThat(codes).isNotEmpty();
              assertThat(codes)
                  .allSatisfy(
                      code ->
                          assertThat(response.getValue().path("description").asText())
                              .contains(ErrorCode.valueOf(code.asText()).name()));
            });
  }

  @Test
  void givenTheSchemaOfProblemsThenItHasEveryCode() {
    var codes = DOCUMENT.root().at("/components/schemas/Problem/properties/code/enum");

    assertThat(codes)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }
}
