package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Checksum;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentStoreTest {
  private static final Digest DIGEST = Digest.sha256(new byte[] {1});
  private static final Checksum HELLO = new Checksum(Checksum.Algorithm.CRC32, "3610a686");

  private final NodeLayout layout;
  private final ContentStore store;

  ContentStoreTest(@TempDir Path directory) {
    this.layout = new NodeLayout(directory.resolve("root"), Optional.empty());
    this.store = new ContentStore(layout, HydraJson.mapper());
  }

  @BeforeEach
  void committed() throws IOException {
    store.open();
    var staged = layout.staging(DIGEST).resolve("content");
    Files.createDirectories(staged.resolve("d"));
    Files.writeString(staged.resolve("d/f"), "hello");
    store.commit(DIGEST, staged, List.of(new CommittedFile("d/f", 5, HELLO)), Durability.ofEach());
  }

  @Test
  void givenACommitThenItIsSound() throws IOException {
    var content = CommittedContent.of(DIGEST, List.of(new CommittedFile("d/f", 5, HELLO)));
    assertThat(store.check(DIGEST)).isEqualTo(new StoreCheck.Sound(content));
    assertThat(store.found()).containsExactly(DIGEST);
  }

  /** A try again over what is there would fail for ever: it has to be fetched anew. */
  @ParameterizedTest
  @ValueSource(strings = {"removed", "shortened", "linked"})
  void givenAProvenFileThatIsNotThereAsItWas_whenCommitted_thenNothingIsVisible(String what)
      throws IOException {
    var digest = Digest.sha256(new byte[] {2});
    var staged = Files.createDirectories(layout.staging(digest).resolve("content"));
    var file = staged.resolve("f");
    switch (what) {
      case "shortened" -> Files.writeString(file, "hell");
      case "linked" -> Files.createSymbolicLink(file, layout.store(DIGEST).resolve("d/f"));
      default -> {}
    }

    assertThatThrownBy(
            () ->
                store.commit(
                    digest, staged, List.of(new CommittedFile("f", 5, HELLO)), Durability.ofEach()))
        .isInstanceOf(NotDurable.class)
        .hasMessageContaining("'f'");
    assertThat(store.holds(digest)).isFalse();
  }

  @Test
  void givenAnExtraFileThenItIsDamaged() throws IOException {
    unseal();
    Files.writeString(layout.store(DIGEST).resolve("d/g"), "");

    assertThat(store.check(DIGEST)).isInstanceOf(StoreCheck.Damaged.class);
  }

  @Test
  void givenAMissingFileThenItIsDamaged() throws IOException {
    unseal();
    Files.delete(layout.store(DIGEST).resolve("d/f"));

    assertThat(store.check(DIGEST)).isEqualTo(new StoreCheck.Damaged("file 'd/f' is missing"));
  }

  @Test
  void givenALinkInPlaceOfAFileThenItIsDamaged() throws IOException {
    unseal();
    var file = layout.store(DIGEST).resolve("d/f");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/dev/null"));

    assertThat(store.check(DIGEST)).isInstanceOf(StoreCheck.Damaged.class);
  }

  @Test
  void givenATornMarkerThenItProvesNothing() throws IOException {
    Files.writeString(marker(), "{\"digest\":");

    assertThat(store.check(DIGEST)).isEqualTo(new StoreCheck.Unmarked());
  }

  @Test
  void givenAMarkerOfAnOlderVersionThenItsSha256Proves() throws IOException {
    Files.writeString(
        marker(),
        """
        {"digest":"%s","bytes":5,"files":[{"path":"d/f","size":5,"sha256":"2cf24dba5fb0a30e"}]}
        """
            .formatted(DIGEST.hex()));

    var proven = new Checksum(Checksum.Algorithm.SHA256, "2cf24dba5fb0a30e");
    assertThat(store.check(DIGEST))
        .isEqualTo(
            new StoreCheck.Sound(
                CommittedContent.of(DIGEST, List.of(new CommittedFile("d/f", 5, proven)))));
  }

  @Test
  void givenAMarkerThenAnOlderVersionDoesNotTakeItForOneWithoutChecksums() throws IOException {
    assertThat(Files.readString(marker())).contains("\"proven\":[").doesNotContain("\"files\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'checksum':{'algorithm':'CRC32'}}",
        "{'checksum':{'hex':'00'}}",
        "{'checksum':{'algorithm':'OF_TOMORROW','hex':'00'}}"
      })
  void givenAMarkerWithoutAWholeChecksumThenItProvesNothing(String file) throws IOException {
    Files.writeString(
        marker(),
        "{\"digest\":\"%s\",\"bytes\":5,\"proven\":[%s]}"
            .formatted(DIGEST.hex(), file.replace('\'', '"')));

    assertThat(store.check(DIGEST)).isEqualTo(new StoreCheck.Unmarked());
  }

  @Test
  void givenAnEvictionThenNeitherContentNorMarkerNorTrashIsLeft() throws IOException {
    store.evict(DIGEST);

    assertThat(layout.store(DIGEST)).doesNotExist();
    assertThat(marker()).doesNotExist();
    try (var left = Files.list(layout.staging())) {
      assertThat(left.filter(Trash::isTrash)).isEmpty();
    }
  }

  @Test
  void givenAnEvictionThatWasKilledThenTheNextStartRemovesItsRest() throws IOException {
    var rest = layout.staging().resolve(".trash-" + DIGEST + "-1");
    unseal();
    Files.move(layout.store(DIGEST), rest);

    store.open();

    assertThat(rest).doesNotExist();
    assertThat(marker()).doesNotExist();
  }

  private Path marker() {
    return layout.state().resolve("committed").resolve(DIGEST.hex() + ".json");
  }

  private void unseal() throws IOException {
    var open = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(layout.store(DIGEST), open);
    Files.setPosixFilePermissions(layout.store(DIGEST).resolve("d"), open);
  }
}
