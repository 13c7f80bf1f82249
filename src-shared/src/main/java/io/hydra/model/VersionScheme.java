package io.hydra.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a channel's versions are written and ordered. */
public enum VersionScheme {
  /** {@code YYYY-MM-DDThh-mm-ss}, UTC, ordered by time. */
  TIMESTAMP {
    @Override
    boolean matches(String text) {
      if (!TIMESTAMP_SHAPE.matcher(text).matches()) {
        return false;
      }
      try {
        LocalDateTime.parse(text, TIMESTAMP_FORMAT);
        return true;
      } catch (DateTimeParseException notADate) {
        return false;
      }
    }

    @Override
    int compareTexts(String left, String right) {
      return left.compareTo(right);
    }

    @Override
    public Optional<ReleaseVersion> at(Instant now) {
      return Optional.of(
          new ReleaseVersion(
              TIMESTAMP_FORMAT.format(
                  now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))));
    }
  },
  /** One to four numbers with dots between, such as {@code 1.10.0}, ordered number by number. */
  DOTTED {
    @Override
    boolean matches(String text) {
      return DOTTED_SHAPE.matcher(text).matches();
    }

    @Override
    int compareTexts(String left, String right) {
      return Arrays.compare(numbers(left), numbers(right));
    }

    @Override
    public Optional<ReleaseVersion> at(Instant now) {
      return Optional.empty();
    }
  };

  private static final Pattern TIMESTAMP_SHAPE =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}");
  private static final DateTimeFormatter TIMESTAMP_FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern DOTTED_SHAPE = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,3}");

  /** The version written so, or empty where the text is no version of this scheme. */
  public Optional<ReleaseVersion> parse(String text) {
    return matches(text) ? Optional.of(new ReleaseVersion(text)) : Optional.empty();
  }

  /** Orders two versions of this scheme, older first. */
  public int compare(ReleaseVersion left, ReleaseVersion right) {
    return compareTexts(left.value(), right.value());
  }

  /** The version that names an instant, to the second; empty in a scheme without time. */
  public abstract Optional<ReleaseVersion> at(Instant now);

  /**
   * The instant that a version names; empty in a scheme without time, or for another scheme's
   * version.
   */
  public Optional<Instant> instant(ReleaseVersion version) {
    if (this != TIMESTAMP || !matches(version.value())) {
      return Optional.empty();
    }
    return Optional.of(
        LocalDateTime.parse(version.value(), TIMESTAMP_FORMAT).toInstant(ZoneOffset.UTC));
  }

  abstract boolean matches(String text);

  abstract int compareTexts(String left, String right);

  private static int[] numbers(String text) {
    // 1.2 and 1.2.0 are the same version.
    var numbers = new int[4];
    var parts = text.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Integer.parseInt(parts[i]);
    }
    return numbers;
  }
}
