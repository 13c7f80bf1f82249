package io.hydra.manager.inject.authority;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Writes ASN.1 by the distinguished encoding rules (ITU-T X.690), as much of it as a certificate
 * has.
 */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /** RFC 5280, 4.1.2.5: the shorter form until then, the longer one from then on. */
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private static final DateTimeFormatter SHORT = time("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter LONG = time("yyyyMMddHHmmss'Z'");

  private Der() {}

  private static DateTimeFormatter time(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  /** There is no reason to write what is false: it is always the default. */
  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /** Whole bytes. */
  static byte[] bits(byte[] content) {
    return value(BIT_STRING, new byte[] {0}, content);
  }

  /**
   * Named bits: at most the first eight.
   *
   * @param bits the first one is the highest
   */
  static byte[] namedBits(int bits) {
    return value(BIT_STRING, new byte[] {(byte) Integer.numberOfTrailingZeros(bits), (byte) bits});
  }

  static byte[] time(Instant instant) {
    return instant.isBefore(YEAR_2050)
        ? value(UTC_TIME, SHORT.format(instant).getBytes(StandardCharsets.US_ASCII))
        : value(GENERALIZED_TIME, LONG.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param dotted its first two numbers are one in the encoding, the others have seven bits a byte
   */
  static byte[] identifier(String dotted) {
    var numbers = Arrays.stream(dotted.split("\\.")).mapToLong(Long::parseLong).toArray();
    var content = new ByteArrayOutputStream();
    content.write((int) (numbers[0] * 40 + numbers[1]));
    Arrays.stream(numbers).skip(2).forEach(number -> writeBase128(content, number));
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /** What a type is wrapped in that a number names, or, where it has no parts, replaced by. */
  static byte[] tagged(int number, boolean hasParts, byte[]... content) {
    return value(CONTEXT | (hasParts ? CONSTRUCTED : 0) | number, content);
  }

  private static void writeBase128(ByteArrayOutputStream out, long number) {
    int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(number) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      long bits = number >>> (7 * group) & 0x7f;
      out.write((int) (group > 0 ? bits | 0x80 : bits));
    }
  }

  private static byte[] value(int tag, byte[]... parts) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    var bytes = BigInteger.valueOf(length).toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    out.write(0x80 | bytes.length - from);
    out.write(bytes, from, bytes.length - from);
  }
}
