package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Manifests in the store, each compressed and in parts under {@code manifests/DIGEST/}. The last
 * key written for a manifest is its index, the number of its parts, so one with an index is whole.
 * A crash may leave parts or a manifest that nothing refers to; publishing the same data again
 * takes them up, and {@link ManifestSweep} removes what nobody takes up.
 */
final class ManifestArchive {
  private static final String MANIFESTS = "manifests/";

  /** Leaves room for the key within a transaction. */
  static final int PART_BYTES = 300 * 1024;

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

  /**
   * Durable when it returns. Those that are there are not written again, but what is not known to
   * be in use is marked as taken up.
   */
  Hold keep(Collection<Manifest> manifests, Predicate<Digest> inUse) {
    var byDigest = new HashMap<Digest, Manifest>();
    manifests.forEach(manifest -> byDigest.put(manifest.digest(), manifest));
    var digests = List.copyOf(byDigest.keySet());
    hold(digests);
    try {
      var indexes = store.get(digests.stream().map(ManifestArchive::indexKey).toList());
      var batch = new Batch(store);
      byDigest.values().stream()
          .filter(manifest -> !isThere(manifest.digest(), indexes, inUse))
          .forEach(manifest -> write(manifest, batch));
      batch.commit();
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
    var manifest = expand(digest, parts);
    if (!manifest.digest().equals(digest)) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the store's manifest %s is damaged".formatted(digest.brief()));
    }
    return manifest;
  }

  private Manifest expand(Digest digest, int parts) {
    var bytes = new ByteArrayOutputStream();
    store.list(partPrefix(digest)).stream()
        .limit(parts)
        .forEach(entry -> bytes.writeBytes(entry.value()));
    return compression.expand(bytes.toByteArray(), Manifest.class);
  }

  /** Whether it is there, and whole; then its grace begins anew. */
  boolean takeUp(Digest digest) {
    while (true) {
      var index = store.get(indexKey(digest));
      if (index.isEmpty() || takeUp(index.get())) {
        return index.isPresent();
      }
    }
  }

  /** A part of a manifest that is not there yet, of another that was cut as those here are. */
  void putPart(Digest digest, int part, byte[] content) {
    put(partKey(digest, part), content);
  }

  /**
   * Makes a manifest of the parts that were put.
   *
   * @throws HydraException {@code INVALID_REQUEST} where they are not what the digest names
   */
  void complete(Digest digest, int parts) {
    if (takeUp(digest)) {
      return;
    }
    if (!isWhole(digest, parts)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the %d parts that were sent are not the manifest %s".formatted(parts, digest.brief()),
          Map.of("digest", digest.hex()));
    }
    put(indexKey(digest), index(parts));
  }

  private boolean isWhole(Digest digest, int parts) {
    try {
      return expand(digest, parts).digest().equals(digest);
    } catch (UncheckedIOException | HydraException damaged) {
      return false;
    }
  }

  /** Of all that is stored, whole or not. */
  Set<Digest> stored() {
    return store.keys(MANIFESTS).stream()
        .map(key -> key.substring(MANIFESTS.length(), key.indexOf('/', MANIFESTS.length())))
        .map(Digest::of)
        .collect(Collectors.toSet());
  }

  /** Grows whenever anything of the manifest is written, and when it is taken up. */
  long revision(Digest digest) {
    return newest(store.list(prefix(digest)));
  }

  private static long newest(List<Entry> entries) {
    return entries.stream().mapToLong(Entry::revision).max().orElse(0);
  }

  /**
   * Removes the manifest unless it is held or in use at this moment or was written or taken up
   * since it had this revision.
   *
   * @return whether it is gone
   */
  synchronized boolean remove(Digest digest, long revision, Predicate<Digest> inUse) {
    // In this order: what is held no more is in use by then.
    if (held.containsKey(digest) || inUse.test(digest)) {
      return false;
    }
    var entries = store.list(prefix(digest));
    if (newest(entries) != revision || !isDone(deletionOfIndex(digest, entries))) {
      return false;
    }
    // The index went first, so that what is left after a crash is not taken for a manifest. Whoever
    // sees that it is gone writes the parts anew, of newer revisions than those that go here.
    entries.forEach(part -> isDone(new Operation.DeleteIf(part.key(), part.revision())));
    return true;
  }

  private static Operation deletionOfIndex(Digest digest, List<Entry> entries) {
    var key = indexKey(digest);
    long revision =
        entries.stream()
            .filter(e -> e.key().equals(key))
            .mapToLong(Entry::revision)
            .findAny()
            .orElse(0);
    return new Operation.DeleteIf(key, revision);
  }

  private synchronized void hold(List<Digest> digests) {
    digests.forEach(digest -> held.merge(digest, 1, Integer::sum));
  }

  private synchronized void release(List<Digest> digests) {
    digests.forEach(
        digest -> held.computeIfPresent(digest, (d, count) -> count == 1 ? null : count - 1));
  }

  private boolean isThere(Digest digest, Map<String, Entry> indexes, Predicate<Digest> inUse) {
    return Optional.ofNullable(indexes.get(indexKey(digest)))
        .filter(index -> inUse.test(digest) || takeUp(index))
        .isPresent();
  }

  /** False where it was removed or taken up by another meanwhile. */
  private boolean takeUp(Entry index) {
    return isDone(new Operation.PutIf(index.key(), index.value(), index.revision()));
  }

  private void write(Manifest manifest, Batch batch) {
    var digest = manifest.digest();
    var bytes = compression.compress(manifest);
    int parts = (bytes.length + PART_BYTES - 1) / PART_BYTES;
    for (int part = 0; part < parts; part++) {
      int end = Math.min(bytes.length, (part + 1) * PART_BYTES);
      batch.put(partKey(digest, part), Arrays.copyOfRange(bytes, part * PART_BYTES, end));
    }
    batch.put(indexKey(digest), index(parts));
  }

  private static byte[] index(int parts) {
    return Integer.toString(parts).getBytes(StandardCharsets.US_ASCII);
  }

  private void put(String key, byte[] value) {
    isDone(new Operation.Put(key, value));
  }

  private boolean isDone(Operation operation) {
    return store.commit(List.of(operation)) instanceof Outcome.Committed;
  }

  private Optional<Integer> index(Digest digest) {
    return store
        .get(indexKey(digest))
        .map(entry -> Integer.valueOf(new String(entry.value(), StandardCharsets.US_ASCII)));
  }

  private static String prefix(Digest digest) {
    return MANIFESTS + digest.hex() + "/";
  }

  private static String indexKey(Digest digest) {
    return prefix(digest) + "index";
  }

  private static String partPrefix(Digest digest) {
    return prefix(digest) + "part-";
  }

  private static String partKey(Digest digest, int part) {
    return partPrefix(digest) + "%06d".formatted(part);
  }
}
