package io.hydra.testing.throttle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What S3 answers where it is asked too often. */
final class SlowDown {
  private static final String REQUEST = "0000000000000000";

  private static final String BODY =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message>\
      <RequestId>%s</RequestId><HostId>throttle</HostId></Error>"""
          .formatted(REQUEST);

  private static final String HEAD =
      """
      HTTP/1.1 503 Slow Down\r
      x-amz-request-id: %s\r
      Content-Type: application/xml\r
      Content-Length: %d\r
      \r
      """
          .formatted(REQUEST, BODY.length());

  private SlowDown() {}

  /** The answer to a request, all of its bytes. */
  static byte[] to(HttpHead request) {
    return (request.isHeadRequest() ? HEAD : HEAD + BODY).getBytes(ISO_8859_1);
  }
}
