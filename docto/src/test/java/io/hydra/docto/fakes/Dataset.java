package io.hydra.docto.fakes;

import io.hydra.docto.verify.Crc;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.InlineFile;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.wire.DesiredDataset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A dataset that the test made up, with the truth about its bytes.
 *
 * @param source its prefix
 * @param files content by relative path
 */
public record Dataset(String name, String source, Map<String, byte[]> files, Manifest manifest) {

  /** Files of pseudo-random bytes, the same for the same seed; in the manifest with a SHA-256. */
  public static Dataset random(String name, long seed, Map<String, Integer> sizes) {
    var random = new Random(seed);
    var files = new TreeMap<String, byte[]>();
    new TreeMap<>(sizes)
        .forEach(
            (path, size) -> {
              var bytes = new byte[size];
              random.nextBytes(bytes);
              files.put(path, bytes);
            });
    return new Dataset(name, "s3://data/" + name + "/", files, manifestOf(files, Dataset::sha256));
  }

  /** The same, as from a source that knows no checksums. */
  public Dataset withoutChecksums() {
    return new Dataset(name, source, files, manifestOf(files, _ -> List.of()));
  }

  /** The same, as from a source that knows checksums of this kind only. */
  public Dataset withChecksums(Algorithm algorithm) {
    return new Dataset(
        name, source, files, manifestOf(files, bytes -> List.of(checksum(algorithm, bytes))));
  }

  /** The same, as published within the template. */
  public Dataset inTheManifest() {
    return new Dataset(
        name,
        InlineFile.SOURCE,
        files,
        new Manifest(
            files.entrySet().stream()
                .map(
                    f ->
                        new InlineFile(
                            f.getKey(), Base64.getEncoder().encodeToString(f.getValue())))
                .map(InlineFile::frozen)
                .toList()));
  }

  public Dataset at(String otherSource) {
    return new Dataset(name, otherSource, files, manifest);
  }

  public Digest digest() {
    return manifest.digest();
  }

  public long bytes() {
    return manifest.bytes();
  }

  /** Puts its files where its source says. */
  public Dataset uploadTo(FakeS3 s3) {
    for (var file : manifest.files()) {
      s3.put(source.substring("s3://".length()) + file.path(), bytesOf(file.path()), file.etag());
    }
    return this;
  }

  public byte[] bytesOf(String path) {
    var bytes = files.get(path);
    if (bytes == null) {
      throw new IllegalArgumentException("no file " + path);
    }
    return bytes;
  }

  public DesiredDataset onDisk() {
    return desired(false, 0);
  }

  /**
   * @param priority smaller is more urgent
   */
  public DesiredDataset onDisk(int priority) {
    return desired(false, priority);
  }

  public DesiredDataset inRam() {
    return desired(true, 0);
  }

  public PlacedDataset placed(Placement placement) {
    return new PlacedDataset(DatasetName.of(name), digest(), placement);
  }

  private DesiredDataset desired(boolean ram, int priority) {
    return new DesiredDataset(digest(), source, bytes(), manifest.files().size(), ram, priority);
  }

  private static List<Checksum> sha256(byte[] bytes) {
    return List.of(new Checksum(Algorithm.SHA256, Digest.sha256(bytes).hex()));
  }

  private static Checksum checksum(Algorithm algorithm, byte[] bytes) {
    var crc = Crc.valueOf(algorithm.name());
    var sum = crc.begin();
    sum.update(bytes, 0, bytes.length);
    int digits = crc == Crc.CRC64NVME ? 16 : 8;
    return new Checksum(algorithm, HexFormat.of().toHexDigits(sum.getValue(), digits));
  }

  private static Manifest manifestOf(
      Map<String, byte[]> files, Function<byte[], List<Checksum>> checksums) {
    return new Manifest(
        files.entrySet().stream()
            .map(
                file -> {
                  var sha256 = Digest.sha256(file.getValue()).hex();
                  return new ManifestFile(
                      file.getKey(),
                      file.getValue().length,
                      "etag-" + sha256.substring(0, 16),
                      Optional.empty(),
                      checksums.apply(file.getValue()));
                })
            .toList());
  }
}
