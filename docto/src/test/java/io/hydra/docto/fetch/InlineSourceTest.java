package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.model.InlineFile;
import io.hydra.model.ManifestFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InlineSourceTest {
  private static final ManifestFile FILE = new InlineFile("a", "MDEyMzQ1Njc4OQ==").frozen();

  private static ManifestFile with(long size, Optional<String> content) {
    return new ManifestFile("a", size, "e", Optional.empty(), List.of(), content);
  }

  @Test
  void givenARangeThenItsBytes() throws Exception {
    var buffer = new byte[8];
    try (var body = new InlineSource().open(FILE, 3, 4)) {
      assertThat(body.read(ByteBuffer.wrap(buffer, 0, 8))).isEqualTo(4);
      assertThat(body.read(ByteBuffer.wrap(buffer, 4, 4))).isEqualTo(-1);
    }
    assertThat(new String(buffer, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("3456");
  }

  @Test
  void givenAManifestWithoutThatContentThenItIsMissingOrChanged() {
    assertThat(reasonFor(with(10, Optional.empty()))).isEqualTo(Cause.MISSING);
    assertThat(reasonFor(with(9, FILE.content()))).isEqualTo(Cause.CHANGED);
    assertThat(reasonFor(with(3, Optional.of("?")))).isEqualTo(Cause.CHANGED);
  }

  private static Cause reasonFor(ManifestFile file) {
    var thrown = new FetchException[1];
    assertThatThrownBy(() -> new InlineSource().open(file, 0, 1))
        .isInstanceOfSatisfying(FetchException.class, e -> thrown[0] = e);
    return thrown[0].reason();
  }
}
