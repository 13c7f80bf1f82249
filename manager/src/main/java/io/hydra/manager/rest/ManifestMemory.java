package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Small manifests that were asked for lately, as they are sent: after a publish every node asks for
 * the same few. The digest names the content, so what is remembered is never wrong; but what no
 * release refers to any more is to be forgotten, so nothing is remembered for long.
 */
@ApplicationScoped
class ManifestMemory {
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** In bytes. */
  static final int LARGEST = 64 * 1024;

  /** In bytes, of all together. */
  private static final int CAPACITY = 2 * 1024 * 1024;

  /** One has some 200 bytes of JSON. */
  private static final int MOST_FILES = 500;

  private final ObjectMapper json;
  private final Clock clock;

  /** The oldest first. */
  private final Map<Digest, Sent> manifests = new LinkedHashMap<>();

  private int bytes;

  private record Sent(Buffer body, Instant since) {}

  ManifestMemory(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /** Its JSON in UTF-8, not to be changed. */
  synchronized Optional<Buffer> find(Digest digest) {
    forgetTheOld();
    return Optional.ofNullable(manifests.get(digest)).map(Sent::body);
  }

  void remember(Digest digest, Manifest manifest) {
    if (manifest.files().size() > MOST_FILES || find(digest).isPresent()) {
      return;
    }
    var body = body(manifest);
    if (body.length() <= LARGEST) {
      put(digest, body);
    }
  }

  private Buffer body(Manifest manifest) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  private synchronized void put(Digest digest, Buffer body) {
    if (manifests.putIfAbsent(digest, new Sent(body, clock.instant())) == null) {
      bytes += body.length();
    }
    while (bytes > CAPACITY) {
      forget(manifests.keySet().iterator().next());
    }
  }

  private void forgetTheOld() {
    var end = clock.instant().minus(REMEMBERED);
    while (!manifests.isEmpty()) {
      var oldest = manifests.entrySet().iterator().next();
      if (oldest.getValue().since().isAfter(end)) {
        return;
      }
      forget(oldest.getKey());
    }
  }

  private void forget(Digest digest) {
    var gone = manifests.remove(digest);
    bytes -= gone == null ? 0 : gone.body().length();
  }
}
