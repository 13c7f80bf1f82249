package io.hydra.docto.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and bodies, as bytes come. */
class AnswerTest {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /** All of an answer, and what stands behind it. */
  private record Parsed(int status, Headers headers, String body, String rest) {}

  @Test
  void givenALengthThenTheBodyEndsThere() throws IOException {
    var parsed = parse("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b \t\r\n\r\nhelloHTTP");

    assertThat(parsed.status()).isEqualTo(200);
    assertThat(parsed.headers().first("a")).contains("b");
    assertThat(parsed.body()).isEqualTo("hello");
    assertThat(parsed.rest()).isEqualTo("HTTP");
  }

  @Test
  void givenChunksWithExtensionsAndTrailersThenTheyAreReadOver() throws IOException {
    var parsed =
        parse(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + "5;a=\"b\"\r\nhello\r\n0A ; x\r\n, 10 bytes\r\n00\r\nTrailer: x\r\n\r\nrest");

    assertThat(parsed.body()).isEqualTo("hello, 10 bytes");
    assertThat(parsed.rest()).isEqualTo("rest");
  }

  @Test
  void givenNeitherLengthNorChunksThenTheBodyIsAllThatComes() throws IOException {
    assertThat(parse("HTTP/1.0 200 OK\r\n\r\nall of it").body()).isEqualTo("all of it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void givenAStatusWithoutBodyThenNothingIsReadWhateverItSays(String status) throws IOException {
    var parsed = parse("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nhello");

    assertThat(parsed.body()).isEmpty();
    assertThat(parsed.rest()).isEqualTo("hello");
  }

  @Test
  void givenEqualLengthsThenTheyAreOne() throws IOException {
    assertThat(
            parse("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nab").body())
        .isEqualTo("ab");
  }

  @Test
  void givenAStatusLineWithoutReasonThenItIsUnderstood() throws IOException {
    assertThat(parse("HTTP/1.1 206\r\nContent-Length: 0\r\n\r\n").status()).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: 3, 4\r\n",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"
      })
  void givenSeveralEndsThenItIsRefusedAsAmbiguous(String fields) {
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n" + fields + "\r\n0\r\n\r\n"))
        .isInstanceOf(AmbiguousAnswer.class);
  }

  @Test
  void givenChunksInHttp10ThenItIsRefusedAsAmbiguous() {
    assertThatThrownBy(
            () -> parse("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        .isInstanceOf(AmbiguousAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.2 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\r\nA: b\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\n first: folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1,\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"
      })
  void givenAHeadThatIsMalformedThenItIsRefused(String answer) {
    assertThatThrownBy(() -> parse(answer)).isInstanceOf(MalformedAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "g\r\n",
        "-1\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1\na\r\n0\r\n\r\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1\r\na0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "1;\u0001\r\na\r\n0\r\n\r\n",
        "1111111111111111\r\n",
        "0\r\nmalformed\r\n\r\n"
      })
  void givenMalformedChunksThenTheyAreRefused(String chunks) {
    assertThatThrownBy(
            () -> parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
        .isInstanceOf(MalformedAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 O",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n"
      })
  void givenAConnectionThatEndsEarlyThenThatIsSaid(String answer) {
    assertThatThrownBy(() -> parse(answer)).isInstanceOf(PrematureEnd.class);
  }

  @Test
  void givenTooManyFieldsOrBytesThenTheLimitIsNamed() {
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(201) + "\r\n"))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("more than 200 fields");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\na: " + "b".repeat(70_000) + "\r\n\r\n"))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("exceeds 65536 bytes");
  }

  @Property
  void givenAnySplittingThenTheResultIsTheSame(
      @ForAll @Size(max = 40) byte[] body,
      @ForAll @IntRange(min = 1, max = 7) int chunk,
      @ForAll boolean chunked,
      @ForAll long seed)
      throws IOException {
    var answer = answer(body, chunk, chunked);
    var random = new Random(seed);

    var whole = parse(answer, () -> Integer.MAX_VALUE, 1000);
    var split = parse(answer, () -> 1 + random.nextInt(5), 1 + random.nextInt(9));

    assertThat(split).isEqualTo(whole);
    assertThat(whole.body().getBytes(ISO_8859_1)).isEqualTo(body);
    assertThat(whole.rest()).isEqualTo("behind");
  }

  @Property
  void givenAnyBytesThenTheyAreUnderstoodOrRefusedAndNothingElse(
      @ForAll @Size(max = 60) byte[] noise, @ForAll @IntRange(max = 70) int at, @ForAll long seed) {
    var bytes = answer(new byte[20], 7, seed % 2 == 0);
    System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
    var random = new Random(seed);
    try {
      var whole = parse(bytes, () -> Integer.MAX_VALUE, 1000);
      assertThat(parse(bytes, () -> 1 + random.nextInt(5), 7)).isEqualTo(whole);
    } catch (MalformedAnswer | AmbiguousAnswer | PrematureEnd refused) {
      assertThatThrownBy(() -> parse(bytes, () -> 1 + random.nextInt(5), 7))
          .isInstanceOf(refused.getClass())
          .hasMessage(refused.getMessage());
    } catch (IOException other) {
      throw new AssertionError("not a refusal", other);
    }
  }

  private static byte[] answer(byte[] body, int chunk, boolean chunked) {
    var text = new StringBuilder("HTTP/1.1 206 Partial Content\r\nX-Some: value, more\r\n");
    if (!chunked) {
      text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
      text.append(new String(body, ISO_8859_1));
      return text.append("behind").toString().getBytes(ISO_8859_1);
    }
    text.append("Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < body.length; i += chunk) {
      int length = Math.min(chunk, body.length - i);
      text.append(Integer.toHexString(length)).append(";ext\r\n");
      text.append(new String(body, i, length, ISO_8859_1)).append("\r\n");
    }
    return text.append("0\r\nT: x\r\n\r\nbehind").toString().getBytes(ISO_8859_1);
  }

  private static Parsed parse(String answer) throws IOException {
    return parse(answer.getBytes(ISO_8859_1), () -> Integer.MAX_VALUE, 1000);
  }

  private static Parsed parse(byte[] answer, IntSupplier pieces, int room) throws IOException {
    var in = new Inbound(new ScriptedTransport(answer, pieces), new Alarm(TIMER));
    var head = new HeadReader(in).head();
    var body = Body.of(Framing.of(head), in);
    var bytes = new ByteArrayOutputStream();
    var into = ByteBuffer.allocate(room);
    while (body.read(into) >= 0) {
      bytes.write(into.array(), 0, into.position());
      into.clear();
    }
    var rest = new StringBuilder();
    for (int b = in.next(); b >= 0; b = in.next()) {
      rest.append((char) b);
    }
    return new Parsed(head.status(), head.headers(), bytes.toString(ISO_8859_1), rest.toString());
  }
}
