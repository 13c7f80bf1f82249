package io.hydra.testing.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
  private static final String PLAIN =
      "HTTP/1.1 200 OK\r\nX-Consul-Index: 17\r\ncontent-length: 5\r\n\r\nhello";

  private static Optional<HttpAnswer> parse(String text) throws IOException {
    return HttpAnswer.parse(text.getBytes(US_ASCII));
  }

  private static String body(HttpAnswer answer) {
    return new String(answer.body(), US_ASCII);
  }

  @Test
  void givenABodyOfALength_whenAllOfItIsThere_thenItIsTheAnswer() throws IOException {
    var answer = parse(PLAIN).orElseThrow();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.succeeded()).isTrue();
    assertThat(body(answer)).isEqualTo("hello");
    assertThat(answer.header("x-consul-INDEX")).contains("17");
    assertThat(answer.closes()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 60, 62})
  void givenAPartOfAnAnswer_whenParsed_thenThereIsNoneYet(int bytes) throws IOException {
    assertThat(parse(PLAIN.substring(0, bytes))).isEmpty();
  }

  @Test
  void givenChunks_whenAllAreThere_thenTheyAreTheBody() throws IOException {
    var chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

    assertThat(body(parse(chunked).orElseThrow())).isEqualTo("hello");
    assertThat(parse(chunked.substring(0, chunked.length() - 5))).isEmpty();
  }

  @Test
  void givenAnAnswerWithoutContent_whenParsed_thenItNeedsNoLength() throws IOException {
    var answer = parse("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").orElseThrow();

    assertThat(answer.body()).isEmpty();
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void givenSomethingElse_whenParsed_thenThatIsRefused() {
    assertThatThrownBy(() -> parse("SSH-2.0-OpenSSH\r\n\r\n")).isInstanceOf(IOException.class);
  }
}
