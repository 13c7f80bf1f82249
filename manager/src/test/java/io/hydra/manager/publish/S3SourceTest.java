package io.hydra.manager.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.publish.FakeS3.StoredObject;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.model.ManifestFile;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import io.hydra.tls.ClientTls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class S3SourceTest {
  private static final String CRC_COMPOSITE = "AAAAAA==-3";

  private final FakeS3 server = new FakeS3();
  private final S3Client client = new S3Clients(Settings.s3(server.endpoint())).client();
  private final S3Source source =
      new S3Source(client, Settings.sources(Set.of("*"), Set.of()), ClientTls.NONE);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void givenMoreFilesThanAManifestTakesThenRefusedBeforeTheyAreLookedAt() {
    var small = new S3Source(client, Settings.sources(Set.of("*"), Set.of()), ClientTls.NONE, 3);
    for (int i = 1; i <= 4; i++) {
      server.put("b", "more/%d".formatted(i), "x");
    }
    server.put("b", "some/1", "x").put("b", "some/2", "x").put("b", "some/3", "x");

    assertThat(small.freeze("s3://b/some/").files()).hasSize(3);
    assertThatThrownBy(() -> small.freeze("s3://b/more/"))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE))
        .hasMessageContaining("more than 3 files lie at s3://b/more/");
  }

  @Test
  void givenVersionsOverSeveralPagesThenAllOfThemAreFoundOnce() {
    for (int i = 1; i <= 10; i++) {
      server
          .put("b", "idx/1.%d/part-0".formatted(i), "x")
          .put("b", "idx/1.%d/part-1".formatted(i), "x");
    }

    assertThat(versions("s3://b/idx/{VERSION_PLACEHOLDER}/"))
        .extracting(ReleaseVersion::value)
        .containsExactlyInAnyOrder(
            "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10");
  }

  @Test
  void givenNamesThatAreNoVersionsThenTheyAreLeftOut() {
    server
        .put("b", "idx/1.0/f", "x")
        .put("b", "idx/latest/f", "x")
        .put("b", "idx/1.0-SNAPSHOT/f", "x")
        .put("b", "idx/2.0", "a file, not a folder")
        .put("b", "idx-other/3.0/f", "x");

    assertThat(versions("s3://b/idx/{VERSION_PLACEHOLDER}/"))
        .containsExactly(new ReleaseVersion("1.0"));
  }

  @Test
  void givenThePlaceholderWithinAFileNameThenItsFilesAreTheVersions() {
    server
        .put("b", "idx-1.0.bin", "x")
        .put("b", "idx-1.1.bin", "x")
        .put("b", "idx-1.2.bin/f", "x")
        .put("b", "idx-1.3.txt", "x");

    assertThat(versions("s3://b/idx-{VERSION_PLACEHOLDER}.bin"))
        .extracting(ReleaseVersion::value)
        .containsExactlyInAnyOrder("1.0", "1.1");
  }

  @Test
  void givenFilesUnderAPrefixThenEachIsFrozenWithItsRelativePath() {
    for (int i = 0; i < 8; i++) {
      server.put("b", "idx/1.0/sub/f" + i, "content " + i);
    }
    server.put("b", "idx/1.0-other/f", "not ours");

    var manifest = source.freeze("s3://b/idx/1.0/");

    assertThat(manifest.files())
        .extracting(ManifestFile::path)
        .containsExactly(
            "sub/f0", "sub/f1", "sub/f2", "sub/f3", "sub/f4", "sub/f5", "sub/f6", "sub/f7");
    assertThat(manifest.bytes()).isEqualTo(8L * "content 0".length());
    assertThat(server.heads()).isEqualTo(8);
  }

  @Test
  void givenASingleFileThenItsBaseNameIsThePath() {
    server.put("b", "idx/1.0/words.txt", "hello");

    assertThat(source.freeze("s3://b/idx/1.0/words.txt").files())
        .extracting(ManifestFile::path)
        .containsExactly("words.txt");
  }

  @Test
  void givenAPlainUploadThenItsEtagIsItsMd5() {
    server.put("b", "f", "hello");

    var file = onlyFile("s3://b/f");

    var md5 = FakeS3.md5("hello".getBytes(UTF_8));
    assertThat(file.etag()).isEqualTo(md5);
    assertThat(file.checksums()).containsExactly(new Checksum(Algorithm.MD5, md5));
    assertThat(file.versionId()).isEmpty();
  }

  @Test
  void givenAStoredChecksumThenItIsFrozenInHexadecimal() {
    server.put("b", "f", "hello", Map.of("x-amz-checksum-sha256", FakeS3.sha256Base64("hello")));

    assertThat(onlyFile("s3://b/f").checksums())
        .contains(new Checksum(Algorithm.SHA256, Digest.sha256("hello".getBytes(UTF_8)).hex()));
  }

  @Test
  void givenAMultipartUploadThenNeitherItsEtagNorItsCompositeChecksumIsTaken() {
    server.put(
        "b",
        "f",
        new StoredObject(
            5,
            "9b2cf535f27731c974343645a3985328-3",
            Map.of("x-amz-checksum-crc32", CRC_COMPOSITE, "x-amz-checksum-type", "COMPOSITE")));

    var file = onlyFile("s3://b/f");

    assertThat(file.checksums()).isEmpty();
    assertThat(file.etag()).isEqualTo("9b2cf535f27731c974343645a3985328-3");
  }

  @Test
  void givenAMultipartUploadWithAChecksumOfTheWholeThenThatOneIsTaken() {
    server.put(
        "b",
        "f",
        new StoredObject(
            5,
            "9b2cf535f27731c974343645a3985328-3",
            Map.of("x-amz-checksum-crc32", "NhCmhg==", "x-amz-checksum-type", "FULL_OBJECT")));

    assertThat(onlyFile("s3://b/f").checksums())
        .containsExactly(new Checksum(Algorithm.CRC32, "3610a686"));
  }

  @Test
  void givenAnObjectEncryptedByKmsThenItsEtagIsNoMd5() {
    server.put("b", "f", "hello", Map.of("x-amz-server-side-encryption", "aws:kms"));

    assertThat(onlyFile("s3://b/f").checksums()).isEmpty();
  }

  @Test
  void givenAVersionedBucketThenTheVersionIdIsFrozen() {
    server
        .put("b", "f", "hello", Map.of("x-amz-version-id", "v7"))
        .put("b", "g", "hello", Map.of("x-amz-version-id", "null"));

    assertThat(onlyFile("s3://b/f").versionId()).contains("v7");
    assertThat(onlyFile("s3://b/g").versionId()).isEmpty();
  }

  @Test
  void givenFolderMarkersThenTheyAreNoFiles() {
    server.put("b", "idx/", "").put("b", "idx/sub/", "").put("b", "idx/sub/f", "x");

    assertThat(source.freeze("s3://b/idx/").files())
        .extracting(ManifestFile::path)
        .containsExactly("sub/f");
  }

  @Test
  void givenOnlyFolderMarkersThenNothingIsThere() {
    server.put("b", "idx/", "").put("b", "idx/sub/", "");

    assertThat(source.exists("s3://b/idx/")).isFalse();
    assertFails(ErrorCode.SOURCE_MISSING, () -> source.freeze("s3://b/idx/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idx/../../etc/passwd",
        "idx//etc/passwd",
        "idx/a//b",
        "idx/./a",
        "idx/a\u0001b",
        "idx/a\nb",
        "idx/a\\b"
      })
  void givenAKeyThatCannotBeAFileThenRefusedByName(String key) {
    server.put("b", "idx/fine", "x").put("b", key, "x");

    assertFails(ErrorCode.HOSTILE_KEY, () -> source.freeze("s3://b/idx/"));
  }

  @Test
  void givenAFileThatIsAlsoAFolderThenRefused() {
    server.put("b", "idx/a", "x").put("b", "idx/a/b", "x");

    assertFails(ErrorCode.HOSTILE_KEY, () -> source.freeze("s3://b/idx/"));
  }

  @Test
  void givenKeysThatNeedEscapingThenTheyAreTakenAsTheyAre() {
    server.put("b", "idx/ä b+c&d=e%20f.txt", "x");

    assertThat(source.freeze("s3://b/idx/").files())
        .extracting(ManifestFile::path)
        .containsExactly("ä b+c&d=e%20f.txt");
  }

  @Test
  void givenNoSuchObjectThenItDoesNotExist() {
    server.bucket("b");

    assertThat(source.exists("s3://b/f")).isFalse();
    assertThat(source.exists("s3://b/f/")).isFalse();
    assertFails(ErrorCode.SOURCE_MISSING, () -> source.freeze("s3://b/f"));
  }

  @Test
  void givenNoSuchBucketThenMissing() {
    assertFails(ErrorCode.SOURCE_MISSING, () -> versions("s3://none/{VERSION_PLACEHOLDER}/"));
    assertFails(ErrorCode.SOURCE_MISSING, () -> source.freeze("s3://none/f/"));
  }

  @Test
  void givenS3RefusesTheCredentialsThenNotAllowed() {
    server.put("b", "f", "x").refuse("b", 403);

    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, () -> source.freeze("s3://b/f"));
    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, () -> source.freeze("s3://b/"));
  }

  @Test
  void givenS3IsOverloadedThenUnavailable() {
    server.put("b", "f", "x").refuse("b", 503);

    assertFails(ErrorCode.SOURCE_UNAVAILABLE, () -> source.freeze("s3://b/f"));
  }

  @Test
  void givenS3IsDownThenUnavailable() {
    server.close();

    assertFails(ErrorCode.SOURCE_UNAVAILABLE, () -> source.freeze("s3://b/f"));
  }

  @Test
  void givenABucketThatIsNotAllowedThenS3IsNotEvenAsked() {
    server.put("secret", "f", "x");
    var narrow = new S3Source(client, Settings.sources(Set.of("models"), Set.of()), ClientTls.NONE);

    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, () -> narrow.freeze("s3://secret/f"));
    assertThat(server.heads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3://bucket", "s3:///key"})
  void givenNoBucketOrNoKeyThenTheTemplateIsAtFault(String path) {
    assertFails(ErrorCode.INVALID_TEMPLATE, () -> source.freeze(path));
  }

  private List<ReleaseVersion> versions(String path) {
    return source.versions(SourcePattern.of(path), VersionScheme.DOTTED);
  }

  private ManifestFile onlyFile(String path) {
    return source.freeze(path).files().getFirst();
  }

  private static void assertFails(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
