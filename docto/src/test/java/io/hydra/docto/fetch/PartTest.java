package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PartTest {
  @Property
  void partsCoverAFileWithoutGapOrOverlap(
      @ForAll @LongRange(max = 100_000) long size,
      @ForAll @IntRange(min = 100, max = 200_000) int partSize) {
    var manifest =
        new Manifest(List.of(new ManifestFile("f", size, "e", Optional.empty(), List.of())));
    long next = 0;
    for (var part : Part.of(manifest, partSize)) {
      assertThat(part.offset()).isEqualTo(next);
      assertThat(part.length()).isBetween(1L, (long) partSize);
      assertThat(part.index()).isEqualTo((int) (next / partSize));
      next += part.length();
    }
    assertThat(next).isEqualTo(size);
  }
}
