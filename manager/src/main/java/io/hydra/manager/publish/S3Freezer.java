package io.hydra.manager.publish;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Asks S3 for all that identifies each object of a bucket. */
final class S3Freezer {
  /** An MD5; the ETag of a multipart upload has a dash and a number behind. */
  private static final Pattern PLAIN_ETAG = Pattern.compile("[0-9a-f]{32}");

  private final S3Client s3;
  private final Semaphore places;
  private final String bucket;

  /**
   * @param places bounds the calls under way, of all freezers together
   */
  S3Freezer(S3Client s3, Semaphore places, String bucket) {
    this.s3 = s3;
    this.places = places;
    this.bucket = bucket;
  }

  /**
   * @param prefix what is cut off the keys to make paths
   */
  Manifest freezeAll(String prefix, List<String> keys) {
    return new Manifest(
        Parallel.map(keys, places, key -> freeze(key, key.substring(prefix.length()))));
  }

  ManifestFile freeze(String key, String path) {
    var head = s3.headObject(r -> r.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
    var etag = head.eTag() == null ? "" : head.eTag().replace("\"", "");
    return new ManifestFile(path, head.contentLength(), etag, version(head), checksums(head, etag));
  }

  private static Optional<String> version(HeadObjectResponse head) {
    return Optional.ofNullable(head.versionId()).filter(id -> !id.isEmpty() && !id.equals("null"));
  }

  private static List<Checksum> checksums(HeadObjectResponse head, String etag) {
    var found = new ArrayList<Checksum>();
    // One over the parts' checksums says nothing of the whole; it has a dash and the number of
    // parts behind.
    if (head.checksumType() != ChecksumType.COMPOSITE) {
      add(found, Algorithm.SHA256, head.checksumSHA256());
      add(found, Algorithm.SHA1, head.checksumSHA1());
      add(found, Algorithm.CRC64NVME, head.checksumCRC64NVME());
      add(found, Algorithm.CRC32C, head.checksumCRC32C());
      add(found, Algorithm.CRC32, head.checksumCRC32());
    }
    if (PLAIN_ETAG.matcher(etag).matches() && etagIsMd5(head)) {
      found.add(new Checksum(Algorithm.MD5, etag));
    }
    return found;
  }

  /** AWS documents the ETag to be no MD5 of the data under KMS or customer keys. */
  private static boolean etagIsMd5(HeadObjectResponse head) {
    var encryption = head.serverSideEncryption();
    return (encryption == null || encryption == ServerSideEncryption.AES256)
        && head.sseCustomerAlgorithm() == null;
  }

  private static void add(List<Checksum> found, Algorithm algorithm, @Nullable String base64) {
    if (base64 != null && !base64.contains("-")) {
      found.add(
          new Checksum(algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(base64))));
    }
  }
}
