package io.hydra.docto.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 1048576}, {@code 64MiB}, {@code 1.5GiB}, {@code
 * 10GB}. {@code KB, MB, GB, TB} are powers of 1000; {@code KiB} and its kin, and the bare letters
 * {@code K, M, G, T}, are powers of 1024.
 */
public record ByteSize(long bytes) {
  private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?)(I?B?)");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no size
   */
  public static ByteSize of(String text) {
    var match = SHAPE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no size; write for example 64MiB or 10GB".formatted(text));
    }
    int power = "KMGT".indexOf(match.group(2)) + (match.group(2).isEmpty() ? 0 : 1);
    long base = match.group(3).equals("B") && power > 0 ? 1000 : 1024;
    return new ByteSize(
        new BigDecimal(match.group(1))
            .multiply(BigDecimal.valueOf(base).pow(power))
            .toBigInteger()
            .longValueExact());
  }
}
