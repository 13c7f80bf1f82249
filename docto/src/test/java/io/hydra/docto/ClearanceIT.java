package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that Hydra leaves. */
class ClearanceIT {
  private final Dataset dataset = Dataset.random("dataset", 52, Map.of("data", 100_000));

  @Test
  void givenDataOnDiskAndInRam_whenItIsToRemoveIt_thenNothingIsLeftAndItIsReady(
      @TempDir Path directory) {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);
      node.docto.terminate();
    }

    try (var node = Node.withRam(directory, "hydra.remove-data", "true")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> node.docto.get("/q/health/ready").statusCode() == 200);

      assertThat(node.docto.log()).contains("state=cleared");
      assertThat(node.root).isEmptyDirectory();
      assertThat(node.ram).isEmptyDirectory();
      assertThat(node.manager.newest()).isEmpty();
    }
  }
}
