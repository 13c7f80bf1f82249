package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.Uptime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads uptime windows. */
public final class UptimeConverter implements ITypeConverter<Uptime> {
  @Override
  public Uptime convert(String text) {
    try {
      return Uptime.parse(text);
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }
}
