package io.hydra.manager.rest;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.hydra.error.ErrorCode;
import io.hydra.error.Printable;
import io.hydra.error.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of a field that is not known, and which one may have been meant. */
final class UnknownField {
  /** So many characters may be wrong. */
  private static final int CLOSE = 3;

  private UnknownField() {}

  /**
   * @param where the field itself, after those that lead to it
   */
  static Problem problem(UnrecognizedPropertyException failure, String where) {
    var known =
        Optional.ofNullable(failure.getKnownPropertyIds()).orElse(List.of()).stream()
            .map(String::valueOf)
            .sorted()
            .toList();
    var field = Printable.of(where);
    return Problem.of(
        ErrorCode.INVALID_REQUEST,
        "the body has the unknown field '%s'; %s"
            .formatted(
                field,
                nearest(failure.getPropertyName(), known)
                    .map("did you mean %s?"::formatted)
                    .orElseGet(() -> "known are " + String.join(", ", known))),
        Map.of("field", field));
  }

  static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(written, name) <= Math.min(CLOSE, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  /**
   * How many characters must be put in, taken out or replaced (Levenshtein), letters' case aside;
   * of names that differ more in length, no more than that is told.
   */
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > CLOSE) {
      return Math.abs(one.length() - other.length());
    }
    var above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (isSame(one.charAt(i - 1), other.charAt(j - 1)) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[other.length()];
  }

  private static boolean isSame(char one, char other) {
    return Character.toLowerCase(one) == Character.toLowerCase(other);
  }
}
