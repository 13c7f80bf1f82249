package io.hydra.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  private final Path parent;
  private final Path directory;

  ClaimTest(@TempDir Path parent) {
    this.parent = parent;
    directory = parent.resolve("demo-1");
  }

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectories(directory.resolve("store"));
  }

  @Test
  void givenAClaimThatIsHeld_whenAbandonedOnesAreDiscarded_thenItStays() throws IOException {
    try (var claim = Claim.on(directory)) {
      Claim.discardAbandoned(parent);

      assertThat(claim).isNotNull();
      assertThat(directory).isDirectory();
    }
  }

  @Test
  void givenAClaimWhoseOwnerIsGone_whenAbandonedOnesAreDiscarded_thenItGoes() throws IOException {
    Claim.on(directory).close();
    assertThat(directory.resolve("store").toFile().setWritable(false)).isTrue();

    Claim.discardAbandoned(parent);

    assertThat(directory).doesNotExist();
    assertThat(parent).isDirectory();
  }

  @Test
  void givenAClaimThatWasGivenUp_whenAbandonedOnesAreDiscarded_thenItStays() throws IOException {
    Claim.on(directory).giveUp();

    Claim.discardAbandoned(parent);

    assertThat(directory).isDirectory();
  }

  @Test
  void givenAnotherKindOfDirectory_whenAbandonedOnesAreDiscarded_thenItStays() throws IOException {
    var other = Files.createDirectories(parent.resolve("kill-1"));
    Claim.on(other).close();

    Claim.discardAbandoned(parent);

    assertThat(other).isDirectory();
  }
}
