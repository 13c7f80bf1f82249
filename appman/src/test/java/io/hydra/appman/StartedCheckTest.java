package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.reload.CurrentLink;
import io.hydra.appman.reload.NodeData;
import io.hydra.appman.support.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedCheckTest {
  private final FakeNode node;
  private final CurrentLink current;
  private final StartedCheck check;

  StartedCheckTest(@TempDir Path directory) throws IOException {
    node = new FakeNode(directory);
    current =
        new CurrentLink(
            Files.createDirectories(directory.resolve("appman")), new NodeData(node.layout()));
    check = new StartedCheck(current);
  }

  private Status status() {
    return check.call().getStatus();
  }

  @Test
  void givenNoReleaseYet_thenItIsDown() {
    assertThat(status()).isEqualTo(Status.DOWN);
  }

  @Test
  void givenAReleaseWhoseDataIsGone_thenItIsDownUntilThatIsBack() {
    var release = FakeNode.release(1);
    current.switchTo(release);
    assertThat(status()).isEqualTo(Status.DOWN);

    node.bring(release);
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void givenItWasUp_whenDataMoves_thenItStaysUp() {
    var release = FakeNode.release(1);
    node.bring(release);
    current.switchTo(release);
    assertThat(status()).isEqualTo(Status.UP);

    node.evict(release);
    assertThat(status()).isEqualTo(Status.UP);
  }
}
