package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b.c_d-e~f   | a/b.c_d-e~f",
        "'a b+c'       | a%20b%2Bc",
        "100%/%20      | 100%25/%2520",
        "//a//../b/    | //a//../b/",
        "a?b#c&d=e     | a%3Fb%23c%26d%3De",
        "é/€/😀        | %C3%A9/%E2%82%AC/%F0%9F%98%80",
        "!*'()         | %21%2A%27%28%29",
      },
      quoteCharacter = '"')
  void givenAKeyThenItIsEncodedOnce(String key, String encoded) {
    assertThat(PercentEncoding.ofKey(key.replaceAll("^'(.*)'$", "$1"))).isEqualTo(encoded);
  }

  @Property
  void givenAnyTextThenItIsAsTheSdkHasIt(@ForAll String text) {
    assertThat(PercentEncoding.ofKey(text)).isEqualTo(SdkHttpUtils.urlEncodeIgnoreSlashes(text));
    assertThat(PercentEncoding.ofValue(text)).isEqualTo(SdkHttpUtils.urlEncode(text));
  }
}
