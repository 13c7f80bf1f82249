package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.source.FetchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3AddressTest {
  @ParameterizedTest
  @CsvSource({
    "s3://b/p/v1/, a/f, p/v1/a/f",
    "s3://b/, f, f",
    "s3://b/p/f.bin, f.bin, p/f.bin",
    "s3://b/p q/%20+/, ü, p q/%20+/ü"
  })
  void givenASourceThenTheKeyOfAFile(String source, String path, String key) throws FetchException {
    assertThat(S3Address.parse(source).keyOf(path)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3:///key", "s3://bucket", "http://b/k", "bucket/key"})
  void givenSomethingElseThenItIsRefused(String source) {
    assertThatThrownBy(() -> S3Address.parse(source)).isInstanceOf(FetchException.class);
  }

  @Test
  void givenAnAddressThenItsBucket() throws FetchException {
    assertThat(S3Address.parse("s3://b.u-c/k").bucket()).isEqualTo("b.u-c");
  }
}
