package io.hydra.cli.document;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** Records as JSON and YAML texts, and back. */
public final class Documents {
  // Made when first used: a command needs one of them at most.
  private static final class Json {
    static final ObjectMapper MAPPER = strict(HydraJson.mapper());
  }

  private static final class Yaml {
    static final ObjectMapper MAPPER =
        strict(
            HydraJson.configure(
                new ObjectMapper(
                    YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                        .build())));
  }

  private Documents() {}

  private static ObjectMapper strict(ObjectMapper mapper) {
    // A key that stands twice is a slip of its author, not a wish for the second one.
    return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  /** Indented, without a newline at the end. */
  public static String json(Object document) {
    return write(Json.MAPPER.copy().enable(SerializationFeature.INDENT_OUTPUT), document);
  }

  /** On one line. */
  public static String jsonLine(Object document) {
    return write(Json.MAPPER, document);
  }

  /** Ends with a newline. */
  public static String yaml(Object document) {
    return write(Yaml.MAPPER, document);
  }

  public static <T> T readJson(String text, TypeReference<T> type) throws JsonProcessingException {
    return Json.MAPPER.readValue(text, type);
  }

  public static <T> T readYaml(String text, TypeReference<T> type) throws JsonProcessingException {
    return Yaml.MAPPER.readValue(text, type);
  }

  public static <T> T readYaml(String text, Class<T> type) throws JsonProcessingException {
    return Yaml.MAPPER.readValue(text, type);
  }

  /** What is wrong with a document and where, in one line and without the names of our classes. */
  public static String mistake(JsonProcessingException failure) {
    return switch (failure) {
      case JsonMappingException wrapped
          when wrapped.getCause() instanceof JsonParseException malformed ->
          mistake(malformed);
      case JsonMappingException refused when refused.getCause() instanceof HydraException reason ->
          reason.detail() + place(refused);
      case JsonMappingException mismatch when mismatch.getPath().isEmpty() ->
          "it is not a map of names to values" + place(mismatch);
      case JsonMappingException mismatch ->
          "'%s' holds another kind of value than it should".formatted(path(mismatch))
              + place(mismatch);
      default ->
          String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("malformed")
              + place(failure);
    };
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String place(JsonProcessingException failure) {
    var where = failure.getLocation();
    return where == null
        ? ""
        : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr());
  }

  private static String write(ObjectMapper mapper, Object document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
