package io.hydra.testing.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bodies of requests and answers. */
final class Json {
  private static final ObjectMapper MAPPER = HydraJson.mapper();
  private static final byte[] EPOCH = "\"epoch\":".getBytes(StandardCharsets.US_ASCII);

  private Json() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static <T> T read(byte[] body, Class<T> type) throws IOException {
    return MAPPER.readValue(body, type);
  }

  /** The first epoch that stands there, without reading the rest; 0 where there is none. */
  static long epoch(byte[] body) {
    int at = indexOf(body, EPOCH);
    if (at < 0) {
      return 0;
    }
    long epoch = 0;
    for (int i = at + EPOCH.length; i < body.length && body[i] >= '0' && body[i] <= '9'; i++) {
      epoch = epoch * 10 + body[i] - '0';
    }
    return epoch;
  }

  static boolean names(byte[] body, Digest digest) {
    return contains(body, digest.hex().getBytes(StandardCharsets.US_ASCII));
  }

  static boolean contains(byte[] body, byte[] wanted) {
    return indexOf(body, wanted) >= 0;
  }

  private static int indexOf(byte[] body, byte[] wanted) {
    for (int i = 0; i <= body.length - wanted.length; i++) {
      int matched = 0;
      while (matched < wanted.length && body[i + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
