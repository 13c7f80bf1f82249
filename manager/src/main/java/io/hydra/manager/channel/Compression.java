package io.hydra.manager.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Records as compressed JSON, which is how large values lie in the store. */
final class Compression {
  /** Less stays as it is, so that people and tools can read it. */
  private static final int LARGE = 64 * 1024;

  private final ObjectMapper mapper;

  Compression(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  byte[] compress(Object record) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      mapper.writeValue(gzip, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As JSON; compressed if that is large. */
  byte[] write(Object record) {
    try {
      var json = mapper.writeValueAsBytes(record);
      return json.length > LARGE ? compress(record) : json;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #write} has written. */
  <T> T read(byte[] bytes, Class<T> type) {
    if (isCompressed(bytes)) {
      return expand(bytes, type);
    }
    try {
      return mapper.readValue(bytes, type);
    } catch (IOException e) {
      throw damaged(type, e);
    }
  }

  /** JSON begins with a brace, gzip with this (RFC 1952, section 2.3.1). */
  private static boolean isCompressed(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  <T> T expand(byte[] bytes, Class<T> type) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return mapper.readValue(gzip, type);
    } catch (IOException e) {
      throw damaged(type, e);
    }
  }

  private static UncheckedIOException damaged(Class<?> type, IOException cause) {
    return new UncheckedIOException("the store holds a damaged " + type.getSimpleName(), cause);
  }
}
