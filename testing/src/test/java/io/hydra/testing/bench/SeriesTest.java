package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"1,2", "50,100", "90,180", "99,198", "100,200"})
  void givenTwoHundredValues_whenAPercentileIsAsked_thenItIsTheNearestRank(
      int percent, double value) {
    var values = IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList();

    assertThat(new Series(values.reversed()).percentile(percent)).isEqualTo(value);
  }

  @Test
  void givenFewValues_whenThe99thPercentileIsAsked_thenItIsTheMost() {
    assertThat(new Series(List.of(3.0, 1.0, 2.0)).percentile(99)).isEqualTo(3);
  }

  @Test
  void givenNothing_whenSummarized_thenThatIsRefused() {
    assertThatThrownBy(() -> new Series(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
