package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.Promotion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a scope, such as {@code eu:region=eu,disk=nvme:manual}. */
public final class ScopeConverter implements ITypeConverter<Scope> {
  private static final String SHAPE =
      "'%s' must be NAME:LABEL=VALUE[,LABEL=VALUE…][:PROMOTION], such as eu:region=eu:manual";

  @Override
  public Scope convert(String text) {
    var parts = text.split(":", 3);
    if (parts.length < 2) {
      throw new TypeConversionException(SHAPE.formatted(text));
    }
    try {
      return new Scope(
          ScopeName.of(parts[0]),
          labels(text, parts[1]),
          parts.length == 3 ? Optional.of(Promotion.parse(parts[2])) : Optional.empty());
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }

  private static Map<String, String> labels(String text, String written) {
    var labels = new LinkedHashMap<String, String>();
    for (var label : written.split(",", -1)) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException(SHAPE.formatted(text));
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  /** The opposite of {@link #convert}. */
  public static String written(Scope scope, String labels) {
    return "%s:%s%s"
        .formatted(
            scope.name(), labels, scope.promotion().map(promotion -> ":" + promotion).orElse(""));
  }
}
