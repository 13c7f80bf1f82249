package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void givenAnOddNumber_whenSummarized_thenTheMedianIsTheMiddleOne() {
    var series = new Series(List.of(9.0, 1.0, 2.0));

    assertThat(series.median()).isEqualTo(2);
    assertThat(series.least()).isEqualTo(1);
    assertThat(series.most()).isEqualTo(9);
  }

  @Test
  void givenAnEvenNumber_whenSummarized_thenTheMedianIsTheMeanOfTheMiddleTwo() {
    assertThat(new Series(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void givenNothing_whenSummarized_thenThatIsRefused() {
    assertThatThrownBy(() -> new Series(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
