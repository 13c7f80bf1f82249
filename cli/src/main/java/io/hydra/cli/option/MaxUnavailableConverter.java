package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.MaxUnavailable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number or a percentage of instances. */
public final class MaxUnavailableConverter implements ITypeConverter<MaxUnavailable> {
  @Override
  public MaxUnavailable convert(String text) {
    try {
      return MaxUnavailable.parse(text);
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }
}
