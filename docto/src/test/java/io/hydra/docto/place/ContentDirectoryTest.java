package io.hydra.docto.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.place.ContentDirectory.Once;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDirectoryTest {
  private static final Path ANYWHERE = Path.of("/data/staging/x/content");

  /** Hostile keys never become paths, wherever the manifest came from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        ".",
        "a/./b",
        "a//b",
        "a/",
        "a\0b",
        "a\nb",
        "a\\b",
        "../content-sibling/x"
      })
  void givenAHostilePathThenItIsRefused(String path) {
    assertThatThrownBy(() -> new ContentDirectory(ANYWHERE).resolve(path))
        .isInstanceOf(HydraException.class);
  }

  @Property
  void whateverThePathItStaysInsideOrIsRefused(
      @ForAll @Chars({'.', '/', 'a', '\\', '\0', ' '}) String path) {
    try {
      var resolved = new ContentDirectory(ANYWHERE).resolve(path);
      assertThat(resolved.normalize()).isEqualTo(resolved).startsWithRaw(ANYWHERE);
      assertThat(resolved).isNotEqualTo(ANYWHERE);
    } catch (HydraException refused) {
      assertThat(refused.detail()).isNotEmpty();
    }
  }

  /** Links in the directory itself. */
  @Nested
  class Links {
    private final Path top;
    private final Path elsewhere;

    Links(@TempDir Path directory) {
      this.top = directory.resolve("content");
      this.elsewhere = directory.resolve("elsewhere");
    }

    @BeforeEach
    void directories() throws IOException {
      Files.createDirectories(top);
      Files.createDirectories(elsewhere);
      Files.writeString(elsewhere.resolve("f"), "untouched");
    }

    @Test
    void givenADirectoryThatIsALinkThenNothingIsCreatedBehindIt() throws IOException {
      Files.createSymbolicLink(top.resolve("d"), elsewhere);

      assertThatThrownBy(() -> new ContentDirectory(top).create("d/new"))
          .isInstanceOf(IOException.class);

      assertThat(elsewhere.resolve("new")).doesNotExist();
    }

    @Test
    void givenAFileThatIsALinkThenItIsNotWrittenThrough() throws IOException {
      Files.createSymbolicLink(top.resolve("f"), elsewhere.resolve("f"));
      var directory = new ContentDirectory(top);

      assertThatThrownBy(() -> directory.create("f")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> directory.openForWrite("f", Once.NO))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> directory.openForRead("f")).isInstanceOf(IOException.class);
    }

    @Test
    void givenALinkBetweenOrdinaryDirectoriesThenNothingIsWrittenBehindIt() throws IOException {
      Files.createDirectory(top.resolve("a"));
      Files.createSymbolicLink(top.resolve("a/d"), elsewhere);
      var directory = new ContentDirectory(top);
      directory.create("a/ordinary");

      assertThatThrownBy(() -> directory.openForWrite("a/d/new", Once.YES))
          .isInstanceOf(IOException.class);

      assertThat(elsewhere.resolve("new")).doesNotExist();
    }

    @Test
    void givenAFileInPlaceOfADirectoryThenItIsRefused() throws IOException {
      var directory = new ContentDirectory(top);
      directory.create("a");

      assertThatThrownBy(() -> directory.openForWrite("a/b", Once.YES))
          .isInstanceOf(IOException.class);
    }

    @Test
    void givenAFileThatIsWrittenOnceThenItIsReadOnlyAtOnce_andCanBeWrittenAgain()
        throws IOException {
      var directory = new ContentDirectory(top);
      write(directory, "first, longer");
      assertThat(Files.getPosixFilePermissions(top.resolve("a/f")))
          .doesNotContain(PosixFilePermission.OWNER_WRITE);

      write(directory, "again");

      assertThat(top.resolve("a/f")).hasContent("again, longer");
    }

    private static void write(ContentDirectory directory, String text) throws IOException {
      try (var out = directory.openForWrite("a/f", Once.YES)) {
        out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      }
    }

    @Test
    void givenAnOrdinaryPathThenItsDirectoriesAreMade() throws IOException {
      new ContentDirectory(top).create("a/b/c");

      assertThat(top.resolve("a/b/c")).isEmptyFile();
    }
  }
}
