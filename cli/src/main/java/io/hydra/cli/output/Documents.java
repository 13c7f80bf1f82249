package io.hydra.cli.output;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.hydra.wire.HydraJson;
import java.io.UncheckedIOException;

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

  /** What is wrong with a document and where, in one line. */
  public static String mistake(JsonProcessingException failure) {
    var what =
        String.valueOf(failure.getOriginalMessage())
            .lines()
            .findFirst()
            .orElse("malformed")
            .strip();
    var where = failure.getLocation();
    return where == null
        ? what
        : "%s (line %d, column %d)".formatted(what, where.getLineNr(), where.getColumnNr());
  }

  private static String write(ObjectMapper mapper, Object document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
