package io.hydra.docto.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;
import java.util.HexFormat;

/**
 * Percent-encoding as Signature Version 4 wants it: every byte of UTF-8 but letters, digits and
 * {@code -._~}, in upper case (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature
 * Calculations for the Authorization Header</a>, UriEncode).
 */
final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final BitSet PLAIN = plain();

  private PercentEncoding() {}

  /** A key as a path: slashes stay, all of them, and no segment means anything. */
  static String ofKey(String key) {
    return encoded(key, true);
  }

  /** A value of a query. */
  static String ofValue(String value) {
    return encoded(value, false);
  }

  private static String encoded(String text, boolean slashes) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      if (PLAIN.get(b & 0xff) || (slashes && b == '/')) {
        encoded.append((char) b);
      } else {
        encoded.append('%');
        HEX.toHexDigits(encoded, b);
      }
    }
    return encoded.toString();
  }

  private static BitSet plain() {
    var plain = new BitSet();
    plain.set('0', '9' + 1);
    plain.set('a', 'z' + 1);
    plain.set('A', 'Z' + 1);
    "-._~".chars().forEach(plain::set);
    return plain;
  }
}
