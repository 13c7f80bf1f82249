package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.ScopeName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a scope's name. */
public final class ScopeNameConverter implements ITypeConverter<ScopeName> {
  @Override
  public ScopeName convert(String text) {
    try {
      return ScopeName.of(text);
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }
}
