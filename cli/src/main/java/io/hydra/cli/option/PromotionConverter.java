package io.hydra.cli.option;

import io.hydra.error.HydraException;
import io.hydra.model.Promotion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads when a release becomes the head. */
public final class PromotionConverter implements ITypeConverter<Promotion> {
  @Override
  public Promotion convert(String text) {
    try {
      return Promotion.parse(text);
    } catch (HydraException malformed) {
      throw new TypeConversionException(malformed.detail());
    }
  }
}
