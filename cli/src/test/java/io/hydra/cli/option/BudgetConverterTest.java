package io.hydra.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.model.Budget;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BudgetConverterTest {
  private final BudgetConverter converter = new BudgetConverter();

  @ParameterizedTest
  @CsvSource({
    "disk=7, 7",
    "disk=100GiB, 107374182400",
    "disk=100G, 107374182400",
    "disk=10GB, 10000000000",
    "disk=1.5 kib, 1536"
  })
  void aSizeIsReadAsInTheConfiguration(String text, long bytes) {
    assertThat(converter.convert(text)).isEqualTo(new Budget(Optional.of(bytes), Optional.empty()));
  }

  @Test
  void bothLimitsOrNoneAreRead() {
    assertThat(converter.convert("ram=1KiB, disk=2KiB"))
        .isEqualTo(new Budget(Optional.of(2048L), Optional.of(1024L)));
    assertThat(converter.convert("none")).isEqualTo(Budget.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "100GiB",
        "disk",
        "disk=",
        "disk=-1",
        "disk=0",
        "disk=1,disk=2",
        "cpu=1",
        "disk=1,",
        "disk=1XB",
        "ram=99999999999TiB"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void itIsShownWithItsUnits() {
    assertThat(BudgetConverter.written(converter.convert("disk=1.5GiB,ram=512MiB")))
        .isEqualTo("disk 1.5 GiB, ram 512.0 MiB");
    assertThat(BudgetConverter.written(Budget.NONE)).isEmpty();
  }
}
