package io.hydra.manager.rest;

import io.hydra.error.Printable;
import io.hydra.wire.EndpointState;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters in paths and queries that are more than text. Which of them could not be read, the
 * failure of Quarkus does not tell.
 */
final class ParameterForms {
  private static final Map<String, Form> FORMS =
      Map.of(
          "days", Form.INTEGER,
          "limit", Form.INTEGER,
          "part", Form.INTEGER,
          "sequence", Form.LONG,
          "since", Form.LONG,
          "unless", Form.ENDPOINT_STATE);

  private ParameterForms() {}

  /** What is wrong with the first that cannot be read. */
  static String objection(UriInfo uri) {
    return Stream.of(uri.getPathParameters(), uri.getQueryParameters())
        .flatMap(ParameterForms::objections)
        .findFirst()
        .orElse("a parameter has the wrong form");
  }

  private static Stream<String> objections(MultivaluedMap<String, String> parameters) {
    return parameters.keySet().stream()
        .sorted()
        .flatMap(name -> objection(name, parameters.getFirst(name)).stream());
  }

  /** Empty for what can be read, and for what is text. */
  static Optional<String> objection(String name, String given) {
    return Optional.ofNullable(FORMS.get(name))
        .flatMap(form -> form.objection(given))
        .map(objection -> "%s '%s' %s".formatted(name, Printable.of(given), objection));
  }

  private enum Form {
    INTEGER,
    LONG,
    ENDPOINT_STATE;

    Optional<String> objection(String given) {
      return switch (this) {
        case INTEGER -> number(given, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> number(given, Long.MIN_VALUE, Long.MAX_VALUE);
        case ENDPOINT_STATE ->
            Arrays.stream(EndpointState.values()).anyMatch(state -> state.name().equals(given))
                ? Optional.empty()
                : Optional.of(
                    Arrays.stream(EndpointState.values())
                        .map(EndpointState::name)
                        .collect(Collectors.joining(", ", "is none of ", "")));
      };
    }

    private static Optional<String> number(String given, long least, long most) {
      if (!given.matches("[+-]?[0-9]+")) {
        return Optional.of("is not a whole number");
      }
      var number = new BigInteger(given);
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return Optional.empty();
      }
      return Optional.of("is not a number from %d to %d".formatted(least, most));
    }
  }
}
