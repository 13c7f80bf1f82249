package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.HydraJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InlineFileTest {
  private static final InlineFile HELLO = new InlineFile("a.txt", "aGVsbG8=");

  @Test
  void itsManifestHoldsAndProvesItsContent() throws Exception {
    var manifest = new Manifest(List.of(HELLO.frozen()));
    var mapper = HydraJson.mapper();

    assertThat(mapper.readValue(mapper.writeValueAsBytes(manifest), Manifest.class))
        .isEqualTo(manifest);
    var file = manifest.files().getFirst();
    assertThat(file.content()).contains("aGVsbG8=");
    assertThat(file.size()).isEqualTo(5);
    assertThat(file.checksums().getFirst().hex())
        .isEqualTo(Digest.sha256("hello".getBytes(StandardCharsets.UTF_8)).hex());
  }

  @Test
  void theSameFileElsewhereIsAnotherContentSinceItsManifestHoldsNone() {
    var inline = HELLO.frozen();
    var sha256 = inline.checksums().getFirst().hex();
    var lying = new ManifestFile("a.txt", 5, sha256, Optional.empty(), inline.checksums());

    assertThat(new Manifest(List.of(inline)).digest())
        .isNotEqualTo(new Manifest(List.of(lying)).digest());
  }
}
