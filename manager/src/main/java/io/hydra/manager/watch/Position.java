package io.hydra.manager.watch;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a {@link Chronicle}: after its event of that number.
 *
 * @param life of the chronicle, by chance unlike any other
 * @param number 0 for its beginning
 */
record Position(String life, long number) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9a-f]{16})-(\\d{1,18})");

  /** Empty where it is none, as one that another program has given. */
  static Optional<Position> parse(String text) {
    var written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(new Position(written.group(1), Long.parseLong(written.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return life + "-" + number;
  }
}
