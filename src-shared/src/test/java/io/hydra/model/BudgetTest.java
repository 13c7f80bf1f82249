package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.HydraJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void whatNothingWouldFitIsRefusedByName(long bytes) {
    assertThatThrownBy(() -> new Budget(Optional.of(bytes), Optional.empty()))
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(refused.detail())
                  .isEqualTo("budget: disk must be at least 1 byte; leave it out for no limit");
            });
    assertThatThrownBy(() -> new Budget(Optional.empty(), Optional.of(bytes)))
        .hasMessageContaining("budget: ram");
  }

  @Test
  void whatIsLeftOutHasNoLimit() throws Exception {
    var json = HydraJson.mapper();

    assertThat(json.readValue("{}", Budget.class)).isEqualTo(Budget.NONE);
    assertThat(json.readValue("{\"ram\":null,\"disk\":5}", Budget.class))
        .isEqualTo(new Budget(Optional.of(5L), Optional.empty()));
    assertThat(json.writeValueAsString(Budget.NONE)).isEqualTo("{}");
    assertThatThrownBy(() -> json.readValue("{\"disk\":0}", Budget.class))
        .isInstanceOf(ValueInstantiationException.class);
  }

  @Test
  void givenAnewItReplacesTheWholeAndLeftOutItStays() {
    var both = settings(new Budget(Optional.of(5L), Optional.of(6L)));
    var disk = new Budget(Optional.of(7L), Optional.empty());

    assertThat(settings(disk).over(both).budget()).contains(disk);
    assertThat(settings(Budget.NONE).over(both).budget()).contains(Budget.NONE);
    assertThat(ChannelSettings.NONE.over(both).budget()).isEqualTo(both.budget());
    assertThat(ChannelSettings.DEFAULT.budget()).contains(Budget.NONE);
  }

  private static ChannelSettings settings(Budget budget) {
    return ChannelSettings.builder().budget(budget).build();
  }
}
