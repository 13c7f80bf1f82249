package io.hydra.examples.textanalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private final Catalogue catalogue = new Catalogue();

  @Test
  void givenRealModels_whenLoaded_thenATextIsAnalysed() throws Exception {
    var models = catalogue.load(ReleaseFixture.old());

    var analysis = new Analyzer(models).analyze("The quick brown fox sleeps. It dreams of geese.");

    assertThat(analysis.language()).isEqualTo("eng");
    assertThat(analysis.sentences()).hasSize(2);
    assertThat(analysis.sentences().getFirst().tokens())
        .extracting(Analysis.Token::text)
        .containsExactly("The", "quick", "brown", "fox", "sleeps", ".");
    assertThat(analysis.sentences().getFirst().tokens().getFirst().tag()).isEqualTo("DET");
    assertThat(analysis.release()).isEqualTo("2026-11-01T09-00-00");
  }

  @Test
  void givenALoadedRelease_whenANewerOneSharesDatasets_thenTheirModelsAreNotReadAgain()
      throws Exception {
    var before = catalogue.load(ReleaseFixture.old());

    var after = catalogue.load(ReleaseFixture.newer());

    assertThat(after.langdetect().model()).isSameAs(before.langdetect().model());
    assertThat(after.pos().model()).isNotSameAs(before.pos().model());
    assertThat(after.digests()).containsEntry("pos", "pos-new");
  }

  @Test
  void givenALoadedRelease_whenTheNewOneIsBroken_thenTheOldOneStays(@TempDir Path broken)
      throws Exception {
    var before = catalogue.load(ReleaseFixture.old());
    Files.writeString(broken.resolve("pos.bin"), "no model");

    assertThatThrownBy(() -> catalogue.load(ReleaseFixture.withTagger(broken)))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("pos");
    assertThat(catalogue.current()).containsSame(before);
  }

  @Test
  void givenALoadedRelease_whenTheNewOneLacksADataset_thenItIsRefused() throws Exception {
    var incomplete = new Release("v", 9, Map.of());

    assertThatThrownBy(() -> catalogue.load(incomplete))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("no dataset 'langdetect'");
  }

  @Test
  void givenADatasetOfAnotherKind_whenLoaded_thenItIsReportedWithTheModels(@TempDir Path index)
      throws Exception {
    var release =
        ReleaseFixture.release(
            "v", 4, Map.of("index", new Release.Source(index.toString(), "index-digest")));

    assertThat(catalogue.load(release).digests()).containsEntry("index", "index-digest");
  }
}
