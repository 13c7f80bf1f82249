package io.hydra.cli.option;

import io.hydra.cli.output.Quantities;
import io.hydra.error.HydraException;
import io.hydra.model.Budget;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a budget, such as {@code disk=100GiB,ram=8GiB}, or {@code none}. Sizes are written as in
 * the configuration of Docto.
 */
public final class BudgetConverter implements ITypeConverter<Budget> {
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?)(I?B?)");
  private static final List<String> TIERS = List.of("disk", "ram");

  @Override
  public Budget convert(String text) {
    if (text.strip().equals("none")) {
      return Budget.NONE;
    }
    var limits = new LinkedHashMap<String, Long>();
    for (var part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      var tier = part.substring(0, Math.max(0, equals)).strip();
      if (!TIERS.contains(tier) || limits.containsKey(tier)) {
        throw new TypeConversionException(
            "'%s' must be disk=SIZE, ram=SIZE, both with a comma between, or none; such as disk=100GiB,ram=8GiB"
                .formatted(text));
      }
      limits.put(tier, bytes(part.substring(equals + 1)));
    }
    return budget(limits);
  }

  private static Budget budget(Map<String, Long> limits) {
    try {
      return new Budget(
          Optional.ofNullable(limits.get("disk")), Optional.ofNullable(limits.get("ram")));
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }

  private static long bytes(String text) {
    var match = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException(
          "'%s' is no size; write for example 64MiB or 10GB".formatted(text));
    }
    int power = "KMGT".indexOf(match.group(2)) + (match.group(2).isEmpty() ? 0 : 1);
    long base = match.group(3).equals("B") && power > 0 ? 1000 : 1024;
    try {
      return new BigDecimal(match.group(1))
          .multiply(BigDecimal.valueOf(base).pow(power))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw new TypeConversionException("'%s' is too large".formatted(text));
    }
  }

  /** For people; empty where there is no limit. */
  public static String written(Budget budget) {
    return Stream.of(limit("disk", budget.disk()), limit("ram", budget.ram()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> limit(String tier, Optional<Long> bytes) {
    return bytes.map(limit -> tier + " " + Quantities.bytes(limit));
  }
}
