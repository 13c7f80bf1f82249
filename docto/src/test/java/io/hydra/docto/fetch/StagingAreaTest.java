package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.Settings;
import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.place.Inodes;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room for one dataset, and not for two. */
class StagingAreaTest {
  private final Manifest one = manifest("one", 1);
  private final Manifest two = manifest("two", 2);
  private final AtomicLong free = new AtomicLong(20);
  private final NodeLayout layout;
  private final StagingArea staging;

  StagingAreaTest(@TempDir Path directory) {
    layout = new NodeLayout(directory, Optional.empty());
    staging =
        new StagingArea(layout, Settings.of(FetchConfig.class, Map.of()), new Inodes(free::get));
  }

  @Test
  void givenOneThatRunsThenAnotherOneThatFindsNoInodesBesideItDoesNotBegin() throws IOException {
    open(one);

    assertThatThrownBy(() -> open(two)).hasMessageContaining("No space left on device");
    assertThat(staging.holds(two.digest())).isFalse();
  }

  @Test
  void givenOneThatRestsThenAnotherOneBeginsAndItIsThatWhichWaits() throws IOException {
    open(one);
    staging.rest(one.digest());
    open(two);
    free.set(8);

    assertThatThrownBy(() -> open(one)).hasMessageContaining("No space left on device");
    assertThat(staging.holds(one.digest())).as("what has come stays").isTrue();
  }

  @Test
  void givenOneThatIsRemovedThenAnotherOneBegins() throws IOException {
    open(one);
    staging.remove(one.digest());

    open(two);
    assertThat(staging.holds(two.digest())).isTrue();
  }

  @Test
  void givenOneThatCannotBeOpenedThenItKeepsNothing() throws IOException {
    // Where a directory is to be made.
    Files.createDirectories(layout.staging());
    Files.createFile(layout.staging(one.digest()));
    assertThatThrownBy(() -> open(one)).isInstanceOf(IOException.class);

    open(two);
    assertThat(staging.holds(two.digest())).isTrue();
  }

  private void open(Manifest manifest) throws IOException {
    staging.open(manifest.digest(), manifest).close();
  }

  private static Manifest manifest(String name, long seed) {
    return Dataset.random(name, seed, Map.of("a", 1, "b", 1, "c/d", 1)).manifest();
  }
}
