package io.hydra.docto.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Fields of an answer, in their order. */
public record Headers(List<Field> fields) {
  /**
   * @param name lower-case
   * @param value without white space around it; bytes beyond ASCII as ISO 8859-1
   */
  public record Field(String name, String value) {}

  public Headers {
    fields = List.copyOf(fields);
  }

  /**
   * @param name in any case
   */
  public Optional<String> first(String name) {
    for (var field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** Every value of a field that may stand there more than once. */
  Stream<String> all(String name) {
    return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value);
  }

  /** The members of a field that is a list (RFC 9110, section 5.6.1), lower-case. */
  Stream<String> members(String name) {
    return all(name)
        .flatMap(value -> Stream.of(value.split(",")))
        .map(member -> member.strip().toLowerCase(Locale.ROOT))
        .filter(member -> !member.isEmpty());
  }
}
