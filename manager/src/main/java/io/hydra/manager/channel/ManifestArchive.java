package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Manifests in the store, each compressed and in parts under {@code manifests/DIGEST/}. The last
 * key written for a manifest is its index, so one with an index is whole.
 */
final class ManifestArchive {
  /** Leaves room for the key within a transaction. */
  private static final int PART_BYTES = 300 * 1024;

  private final ChannelStore store;
  private final Compression compression;

  ManifestArchive(ChannelStore store, Compression compression) {
    this.store = store;
    this.compression = compression;
  }

  /** Durable when it returns; does nothing for one that is there. */
  void keep(Manifest manifest) {
    var digest = manifest.digest();
    if (store.get(indexKey(digest)).isPresent()) {
      return;
    }
    var bytes = compression.compress(manifest);
    int parts = (bytes.length + PART_BYTES - 1) / PART_BYTES;
    for (int part = 0; part < parts; part++) {
      var slice =
          Arrays.copyOfRange(
              bytes, part * PART_BYTES, Math.min(bytes.length, (part + 1) * PART_BYTES));
      store.commit(List.of(new Operation.Put(partKey(digest, part), slice)));
    }
    store.commit(List.of(new Operation.Put(indexKey(digest), new byte[] {1})));
  }

  /**
   * @throws HydraException {@code UNKNOWN_MANIFEST}
   */
  Manifest read(Digest digest) {
    if (store.get(indexKey(digest)).isEmpty()) {
      throw new HydraException(
          ErrorCode.UNKNOWN_MANIFEST,
          "no release refers to the manifest " + digest.brief(),
          Map.of("digest", digest.hex()));
    }
    var bytes = new ByteArrayOutputStream();
    store.list(partPrefix(digest)).forEach(entry -> bytes.writeBytes(entry.value()));
    return compression.expand(bytes.toByteArray(), Manifest.class);
  }

  /** The index goes first, so that what is left after a crash is not taken for a manifest. */
  void remove(Digest digest) {
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
