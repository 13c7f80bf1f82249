package io.hydra.manager.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import io.hydra.model.ManifestFile;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private final Path root;
  private final Path outside;
  private final FileSource source;

  FileSourceTest(@TempDir Path directory) throws IOException {
    root = Files.createDirectory(directory.resolve("data"));
    outside = Files.createDirectory(directory.resolve("outside"));
    source = new FileSource(Settings.sources(Set.of(), Set.of(root)));
  }

  @Test
  void givenFoldersOfVersionsThenTheyAreFound() throws IOException {
    write(root.resolve("idx/1.0/f"), "x");
    write(root.resolve("idx/1.10/f"), "x");
    write(root.resolve("idx/new/f"), "x");
    write(root.resolve("idx/2.0"), "a file");

    assertThat(
            source.versions(
                SourcePattern.of(url("idx/{VERSION_PLACEHOLDER}/")), VersionScheme.DOTTED))
        .containsExactlyInAnyOrder(new ReleaseVersion("1.0"), new ReleaseVersion("1.10"));
  }

  @Test
  void givenAFolderThenEachFileIsFrozenWithItsHash() throws IOException {
    write(root.resolve("idx/a"), "one");
    write(root.resolve("idx/sub/b"), "two");

    var files = source.freeze(url("idx/")).files();

    assertThat(files).extracting(ManifestFile::path).containsExactly("a", "sub/b");
    var hash = Digest.sha256("one".getBytes(UTF_8)).hex();
    assertThat(files.getFirst().etag()).isEqualTo(hash);
    assertThat(files.getFirst().size()).isEqualTo(3);
    assertThat(files.getFirst().checksums())
        .containsExactly(new Checksum(Checksum.Algorithm.SHA256, hash));
  }

  @Test
  void givenASingleFileThenItsNameIsThePath() throws IOException {
    write(root.resolve("idx/words.txt"), "x");

    assertThat(source.freeze(url("idx/words.txt")).files())
        .extracting(ManifestFile::path)
        .containsExactly("words.txt");
  }

  @Test
  void givenAnEmptyFolderThenMissing() throws IOException {
    Files.createDirectories(root.resolve("idx/empty"));

    assertThat(source.exists(url("idx/"))).isFalse();
    assertFails(ErrorCode.SOURCE_MISSING, url("idx/"));
  }

  @Test
  void givenAFolderWrittenAsAFileThenMissing() throws IOException {
    write(root.resolve("idx/f"), "x");

    assertFails(ErrorCode.SOURCE_MISSING, url("idx"));
  }

  @Test
  void givenNothingThereThenMissing() {
    assertFails(ErrorCode.SOURCE_MISSING, url("nothing/at/all/"));
  }

  @Test
  void givenALinkWithinTheDatasetThenRefused() throws IOException {
    write(root.resolve("idx/f"), "x");
    write(outside.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("idx/link"), outside.resolve("secret"));

    assertFails(ErrorCode.HOSTILE_KEY, url("idx/"));
  }

  @Test
  void givenALinkThatLeadsOutThenNotAllowed() throws IOException {
    write(outside.resolve("secret/f"), "x");
    Files.createSymbolicLink(root.resolve("idx"), outside.resolve("secret"));

    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, url("idx/"));
    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, url("idx/f"));
    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, url("idx/missing/f"));
  }

  @Test
  void givenALinkThatStaysWithinThenItIsFollowed() throws IOException {
    write(root.resolve("versions/1.0/f"), "x");
    Files.createSymbolicLink(root.resolve("current"), root.resolve("versions/1.0"));

    assertThat(source.freeze(url("current/")).files()).hasSize(1);
  }

  @Test
  void givenASingleFileThatIsALinkThenTheLinksOwnNameIsThePath() throws IOException {
    write(root.resolve("versions/words-1.0.txt"), "x");
    Files.createDirectories(root.resolve("idx"));
    Files.createSymbolicLink(root.resolve("idx/words.txt"), root.resolve("versions/words-1.0.txt"));

    assertThat(source.exists(url("idx/words.txt"))).isTrue();
    assertThat(source.freeze(url("idx/words.txt")).files())
        .extracting(ManifestFile::path)
        .containsExactly("words.txt");
  }

  @Test
  void givenASingleFileInALinkedFolderThenItsNameIsThePath() throws IOException {
    write(root.resolve("versions/1.0/words.txt"), "x");
    Files.createSymbolicLink(root.resolve("current"), root.resolve("versions/1.0"));

    assertThat(source.freeze(url("current/words.txt")).files())
        .extracting(ManifestFile::path)
        .containsExactly("words.txt");
  }

  @Test
  void givenAPathThatClimbsOutThenNotAllowed() throws IOException {
    write(outside.resolve("f"), "x");

    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, url("../outside/f"));
  }

  @Test
  void givenASiblingWhoseNameBeginsAsTheRootDoesThenNotAllowed() throws IOException {
    var sibling = root.resolveSibling("data-of-others");
    write(sibling.resolve("f"), "x");

    assertFails(ErrorCode.SOURCE_NOT_ALLOWED, "file://" + sibling + "/f");
  }

  @Test
  void givenMoreFilesThanAManifestTakesThenRefused() throws IOException {
    var small = new FileSource(Settings.sources(Set.of(), Set.of(root)), 2);
    write(root.resolve("two/a"), "x");
    write(root.resolve("two/b/c"), "x");
    assertThat(small.freeze(url("two/")).files()).hasSize(2);
    write(root.resolve("two/d"), "x");

    assertThatThrownBy(() -> small.freeze(url("two/")))
        .isInstanceOfSatisfying(
            HydraException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE));
  }

  @Test
  void givenNoRootsThenNotAllowedAndToldWhichSettingAllowsIt() {
    var closed = new FileSource(Settings.sources(Set.of(), Set.of()));

    assertThatThrownBy(() -> closed.freeze("file:///etc/passwd"))
        .isInstanceOfSatisfying(
            HydraException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_NOT_ALLOWED);
              assertThat(failure.detail()).contains("hydra.sources.file-roots");
            });
  }

  @Test
  void givenAPathThatNoFileCanHaveThenTheTemplateIsAtFault() {
    assertFails(ErrorCode.INVALID_TEMPLATE, url("a\0b"));
  }

  private String url(String path) {
    return "file://" + root + "/" + path;
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
  }

  private void assertFails(ErrorCode code, String path) {
    assertThatThrownBy(() -> source.freeze(path))
        .isInstanceOfSatisfying(
            HydraException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
