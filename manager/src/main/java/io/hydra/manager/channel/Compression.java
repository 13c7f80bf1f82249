package io.hydra.manager.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Records as compressed JSON, which is how large values lie in the store. */
final class Compression {
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

  <T> T expand(byte[] bytes, Class<T> type) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return mapper.readValue(gzip, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the store holds a damaged " + type.getSimpleName(), e);
    }
  }
}
