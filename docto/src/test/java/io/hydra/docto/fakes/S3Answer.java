package io.hydra.docto.fakes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * What an S3 server answered.
 *
 * @param etag with its quotes; empty where there is none
 * @param contentRange empty where there is none
 * @param body each byte as the character of the same number
 */
public record S3Answer(int status, String etag, String contentRange, String body) {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  S3Answer(int status, String etag, String contentRange, byte[] body) {
    this(status, etag, contentRange, new String(body, ISO_8859_1));
  }

  /** An error of S3's own kind. */
  static S3Answer error(int status, String code) {
    return new S3Answer(status, "", "", "<Error><Code>" + code + "</Code></Error>");
  }

  boolean isRange() {
    return status == 206;
  }

  S3Answer withStatus(int other) {
    return new S3Answer(other, etag, contentRange, body);
  }

  S3Answer withEtag(String other) {
    return new S3Answer(status, other, contentRange, body);
  }

  S3Answer withContentRange(String other) {
    return new S3Answer(status, etag, other, body);
  }

  S3Answer withBody(String other) {
    return new S3Answer(status, etag, contentRange, other);
  }

  /** The same bytes, said to begin so much later in an object that is so much larger. */
  S3Answer shifted(int by, int larger) {
    var match = CONTENT_RANGE.matcher(contentRange);
    if (!match.matches()) {
      throw new IllegalArgumentException(contentRange);
    }
    return withContentRange(
        "bytes %d-%d/%d"
            .formatted(
                Long.parseLong(match.group(1)) + by,
                Long.parseLong(match.group(2)) + by,
                Long.parseLong(match.group(3)) + larger));
  }

  String text(String... more) {
    return head(body.length(), more) + body;
  }

  /**
   * @param length that is promised
   * @param more lines
   */
  String head(int length, String... more) {
    var text = new StringBuilder("HTTP/1.1 " + status + " It is so\r\n");
    if (!etag.isEmpty()) {
      text.append("ETag: ").append(etag).append("\r\n");
    }
    if (!contentRange.isEmpty()) {
      text.append("Content-Range: ").append(contentRange).append("\r\n");
    }
    for (var line : more) {
      text.append(line).append("\r\n");
    }
    return text.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
  }
}
