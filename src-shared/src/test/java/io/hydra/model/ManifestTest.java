package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static ManifestFile file(String path) {
    return new ManifestFile(path, 10, "abc", Optional.empty(), List.of());
  }

  @Test
  void digestIsTheSameForTheSameContentUnderOtherVersionIds() {
    var one = new Manifest(List.of(new ManifestFile("a", 1, "e", Optional.of("v1"), List.of())));
    var other = new Manifest(List.of(new ManifestFile("a", 1, "e", Optional.of("v2"), List.of())));

    assertThat(one.digest()).isEqualTo(other.digest());
  }

  @Test
  void digestDiffersByPathSizeEtagAndChecksum() {
    var digests =
        List.of(
            new Manifest(List.of(file("a"))).digest(),
            new Manifest(List.of(file("b"))).digest(),
            new Manifest(List.of(new ManifestFile("a", 11, "abc", Optional.empty(), List.of())))
                .digest(),
            new Manifest(List.of(new ManifestFile("a", 10, "abd", Optional.empty(), List.of())))
                .digest(),
            new Manifest(
                    List.of(
                        new ManifestFile(
                            "a",
                            10,
                            "abc",
                            Optional.empty(),
                            List.of(new Checksum(Checksum.Algorithm.CRC32, "00000000")))))
                .digest());

    assertThat(digests).doesNotHaveDuplicates();
  }

  /** Nodes keep contents by it: another value would have everything fetched again. */
  @Test
  void digestIsWhatItAlwaysWas() {
    var checksum = new Checksum(Checksum.Algorithm.CRC32, "00000000");
    var manifest =
        new Manifest(
            List.of(
                new ManifestFile("ä/x", 10, "abc", Optional.of("v"), List.of(checksum)),
                new ManifestFile("b", 7, "e", Optional.empty(), List.of())));

    assertThat(manifest.digest().hex())
        .isEqualTo("0ba6515602106a4cfc6886de62bea116a3a8ad6abe9ac18a40cb5cc541165ab2");
  }

  @Property(tries = 100)
  void digestDoesNotDependOnTheOrderOfTheListing(
      @ForAll @Size(min = 1, max = 20)
          List<@AlphaChars @StringLength(min = 1, max = 8) String> names) {
    var files = new ArrayList<>(names.stream().distinct().map(ManifestTest::file).toList());
    var forward = new Manifest(files).digest();
    Collections.reverse(files);

    assertThat(new Manifest(files).digest()).isEqualTo(forward);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\0b",
        "a\nb",
        "a\\b",
        "\ud800"
      })
  void hostilePathsAreRefused(String path) {
    assertThatThrownBy(() -> new Manifest(List.of(file(path))))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOSTILE_KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b/c.bin", "..a", "a..", "...", "-", "ü/日本", ".hidden"})
  void ordinaryPathsAreAccepted(String path) {
    assertThat(new Manifest(List.of(file(path))).files()).hasSize(1);
  }

  @Test
  void componentsLongerThanTheFileSystemTakesAreRefused() {
    assertThatThrownBy(() -> new Manifest(List.of(file("ü".repeat(128)))))
        .hasMessageContaining("longer than 255 bytes");
  }

  @Test
  void pathThatIsBothFileAndDirectoryIsRefused() {
    assertThatThrownBy(() -> new Manifest(List.of(file("a/b"), file("a"), file("a-b"))))
        .hasMessageContaining("both a file and a directory");
  }

  @Test
  void pathThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> new Manifest(List.of(file("a"), file("a"))))
        .hasMessageContaining("stands twice");
  }
}
