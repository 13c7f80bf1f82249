package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.ReleaseVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a release's version. */
public final class VersionConverter implements ITypeConverter<ReleaseVersion> {
  @Override
  public ReleaseVersion convert(String text) {
    try {
      return ReleaseVersion.of(text);
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }
}
