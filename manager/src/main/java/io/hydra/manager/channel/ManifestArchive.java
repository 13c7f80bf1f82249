package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Manifests in the store, each compressed and in parts under {@code manifests/DIGEST/}. The last
 * key written for a manifest is its index, the number of its parts, so one with an index is whole.
 * A crash may leave parts or a manifest that nothing refers to; publishing the same data again
 * takes them up.
 */
final class ManifestArchive {
  /** Leaves room for the key within a transaction. */
  private static final int PART_BYTES = 300 * 1024;

  private final ChannelStore store;
  private final Compression compression;

  /**
   * Manifests that a release about to be stored will refer to, with the number of such releases.
   */
  private final Map<Digest, Integer> held = new HashMap<>();

  ManifestArchive(ChannelStore store, Compression compression) {
    this.store = store;
    this.compression = compression;
  }

  /** While it is open, none of its manifests is removed. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Durable when it returns; writes only those that are not there. */
  Hold keep(Collection<Manifest> manifests) {
    var byDigest = new HashMap<Digest, Manifest>();
    manifests.forEach(manifest -> byDigest.put(manifest.digest(), manifest));
    var digests = List.copyOf(byDigest.keySet());
    hold(digests);
    try {
      byDigest.forEach(this::write);
      return () -> release(digests);
    } catch (RuntimeException e) {
      release(digests);
      throw e;
    }
  }

  /**
   * @throws HydraException {@code UNKNOWN_MANIFEST}; {@code STORAGE_FAILED} where what is stored is
   *     not what its digest names
   */
  Manifest read(Digest digest) {
    int parts =
        index(digest)
            .orElseThrow(
                () ->
                    new HydraException(
                        ErrorCode.UNKNOWN_MANIFEST,
                        "no release refers to the manifest " + digest.brief(),
                        Map.of("digest", digest.hex())));
    var bytes = new ByteArrayOutputStream();
    store.list(partPrefix(digest)).stream()
        .limit(parts)
        .forEach(entry -> bytes.writeBytes(entry.value()));
    var manifest = compression.expand(bytes.toByteArray(), Manifest.class);
    if (!manifest.digest().equals(digest)) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the store's manifest %s is damaged".formatted(digest.brief()));
    }
    return manifest;
  }

  /** Removes those that are neither held nor in use at this moment. */
  synchronized void sweep(Collection<Digest> unused, Predicate<Digest> inUse) {
    unused.stream()
        .filter(digest -> !held.containsKey(digest) && !inUse.test(digest))
        .forEach(this::remove);
  }

  private synchronized void hold(List<Digest> digests) {
    digests.forEach(digest -> held.merge(digest, 1, Integer::sum));
  }

  private synchronized void release(List<Digest> digests) {
    digests.forEach(
        digest -> held.computeIfPresent(digest, (d, count) -> count == 1 ? null : count - 1));
  }

  private void write(Digest digest, Manifest manifest) {
    if (index(digest).isPresent()) {
      return;
    }
    var bytes = compression.compress(manifest);
    int parts = (bytes.length + PART_BYTES - 1) / PART_BYTES;
    for (int part = 0; part < parts; part++) {
      int end = Math.min(bytes.length, (part + 1) * PART_BYTES);
      put(partKey(digest, part), Arrays.copyOfRange(bytes, part * PART_BYTES, end));
    }
    put(indexKey(digest), Integer.toString(parts).getBytes(StandardCharsets.US_ASCII));
  }

  private void put(String key, byte[] value) {
    store.commit(List.of(new Operation.Put(key, value)));
  }

  private Optional<Integer> index(Digest digest) {
    return store
        .get(indexKey(digest))
        .map(entry -> Integer.valueOf(new String(entry.value(), StandardCharsets.US_ASCII)));
  }

  /** The index goes first, so that what is left after a crash is not taken for a manifest. */
  private void remove(Digest digest) {
    store
        .get(indexKey(digest))
        .ifPresent(
            index -> store.commit(List.of(new Operation.DeleteIf(index.key(), index.revision()))));
    for (var part : store.list(partPrefix(digest))) {
      store.commit(List.of(new Operation.DeleteIf(part.key(), part.revision())));
    }
  }

  private static String indexKey(Digest digest) {
    return "manifests/" + digest.hex() + "/index";
  }

  private static String partPrefix(Digest digest) {
    return "manifests/" + digest.hex() + "/part-";
  }

  private static String partKey(Digest digest, int part) {
    return partPrefix(digest) + "%06d".formatted(part);
  }
}
