package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PartsTest {
  @Property
  void partsCoverFilesWithoutGapOrOverlap(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(max = 2_000) Long> sizes,
      @ForAll @IntRange(min = 1, max = 3_000) int partSize) {
    var parts = new Parts(manifest(sizes), partSize);

    int number = 0;
    for (int file = 0; file < sizes.size(); file++) {
      long next = 0;
      for (int part : parts.of(file).toArray()) {
        assertThat(part).isEqualTo(number);
        var found = parts.get(part);
        assertThat(found.file()).isEqualTo(file);
        assertThat(found.offset()).isEqualTo(next);
        assertThat(found.length()).isBetween(1L, (long) partSize);
        assertThat(found.index()).isEqualTo((int) (next / partSize));
        assertThat(parts.number(found)).isEqualTo(number);
        assertThat(parts.has(file, found.index())).isTrue();
        next += found.length();
        number++;
      }
      assertThat(next).isEqualTo(sizes.get(file));
      assertThat(parts.has(file, (int) parts.of(file).count())).isFalse();
    }
    assertThat(parts.count()).isEqualTo(number);
    assertThat(parts.has(sizes.size(), 0)).isFalse();
    assertThat(parts.has(-1, 0)).isFalse();
    assertThat(parts.has(0, -1)).isFalse();
  }

  @Property(tries = 20)
  void offsetsOfVeryLargeFilesAreRight(@ForAll @IntRange(max = 999) int index) {
    long partSize = 8L << 20;
    var parts = new Parts(manifest(List.of(1000 * partSize)), partSize);

    assertThat(parts.get(index).offset()).isEqualTo(index * partSize);
  }

  private static Manifest manifest(List<Long> sizes) {
    var files = new ArrayList<ManifestFile>();
    for (int i = 0; i < sizes.size(); i++) {
      files.add(new ManifestFile("f" + i, sizes.get(i), "e", Optional.empty(), List.of()));
    }
    return new Manifest(files);
  }
}
