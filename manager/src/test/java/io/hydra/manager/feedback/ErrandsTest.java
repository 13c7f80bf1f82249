package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.apiserver.AnsweringServer.Asked;
import io.hydra.manager.apiserver.Pace;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.reconcile.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrandsTest {
  private final FakeClock clock = new FakeClock();
  private final AnsweringServer server;
  private final Errands errands;
  private final Thread thread;

  ErrandsTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    errands = new Errands(server.client(), clock, new Pace(100, 100));
    thread = Thread.ofVirtual().unstarted(this::run);
  }

  private void run() {
    try {
      errands.run();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    server.close();
  }

  private static Errand errand(String node, String what) {
    var body = JsonNodeFactory.instance.objectNode().put("label", what);
    return new Errand("/api/v1/nodes/" + node, Patch.MERGE, body, what);
  }

  private void awaitBodies(String... bodies) {
    await()
        .untilAsserted(
            () ->
                assertThat(List.copyOf(server.asked()))
                    .extracting(Asked::body)
                    .containsExactly(bodies));
  }

  private static String body(String what) {
    return "{\"label\":\"%s\"}".formatted(what);
  }

  @Test
  void givenSeveralChangesOfAnObject_thenTheNewestIsMade() {
    errands.put(errand("n1", "a"));
    errands.put(errand("n2", "b"));
    errands.put(errand("n1", "c"));
    thread.start();

    awaitBodies(body("c"), body("b"));
    assertThat(server.asked().getFirst().method()).isEqualTo("PATCH");
  }

  @Test
  void givenAChangeThatNeedNotBeMadeAnyMore_thenItIsNot() {
    errands.put(errand("n1", "a"));
    errands.drop("/api/v1/nodes/n1");
    errands.put(errand("n2", "b"));
    thread.start();

    awaitBodies(body("b"));
  }

  @Test
  void givenAChangeThatWasMadeJustNow_thenItIsMadeAgainOnlyLater() {
    thread.start();
    errands.put(errand("n1", "a"));
    awaitBodies(body("a"));
    errands.put(errand("n1", "a"));
    errands.put(errand("n2", "b"));
    awaitBodies(body("a"), body("b"));

    clock.pass(Duration.ofSeconds(11));
    errands.put(errand("n1", "a"));
    awaitBodies(body("a"), body("b"), body("a"));
  }

  @Test
  void givenARefusal_thenTheNextIsMade() {
    server.answering(
        request -> new Answer(request.path().endsWith("n1") ? 403 : 200, "{\"message\":\"no\"}"));
    thread.start();
    errands.put(errand("n1", "a"));
    errands.put(errand("n2", "b"));

    awaitBodies(body("a"), body("b"));
  }
}
