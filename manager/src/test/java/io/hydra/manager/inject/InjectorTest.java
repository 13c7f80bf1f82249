package io.hydra.manager.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeClock;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is admitted, who is refused, and what both are told. */
class InjectorTest {
  private static final String CHANNEL = "prod/search/searcher";

  private final FakeChannels channels = new FakeChannels();
  private final FakeClock clock = new FakeClock();
  private final AnsweringServer server;
  private final Injector injector;

  InjectorTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    injector = new Injector(Pods.config(), channels, new PodSecurity(server.client(), clock));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static ObjectNode pod() {
    return Pods.pod(Map.of("hydra/channel", CHANNEL));
  }

  private void enforced(String profile) {
    server.answering(
        _ ->
            new Answer(
                200,
                "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"%s\"}}}"
                    .formatted(profile)));
  }

  private String refusal(ObjectNode pod) {
    return ((Verdict.Refused) injector.judge(pod, "search")).why();
  }

  @Test
  void givenAChannelThatDoesNotExistYet_thenThePodIsInjectedAndAWarningSaysIt() {
    var verdict = (Verdict.Admitted) injector.judge(pod(), "search");

    assertThat(verdict.patch()).isNotEmpty();
    assertThat(verdict.warnings()).singleElement().asString().contains(CHANNEL, "does not exist");
  }

  @Test
  void givenAnEnvironmentThatIsNotServed_thenThePodIsRefused() {
    assertThat(refusal(Pods.pod(Map.of("hydra/channel", "moon/search/searcher"))))
        .contains("hydra/channel", "only prod is served");
  }

  @Test
  void givenAChannelOfAnotherNamespace_thenThePodIsRefused_untilTheChannelAdmitsItsNamespace() {
    channels.create(Channel.create(ChannelId.parse(CHANNEL), ChannelSettings.DEFAULT));
    assertThat(injector.judge(pod(), "search")).isInstanceOf(Verdict.Admitted.class);
    assertThat(((Verdict.Refused) injector.judge(pod(), "maps")).why())
        .contains(CHANNEL, "namespace maps", "consumerNamespaces");

    channels.update(
        ChannelId.parse(CHANNEL),
        channel ->
            channel.withSettings(
                ChannelSettings.builder().consumerNamespaces(Set.of("maps")).build()));

    assertThat(injector.judge(pod(), "maps")).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void givenSeveralReasons_thenOneSentenceNamesThemAll() {
    enforced("baseline");
    var pod = Pods.pod(Map.of("hydra/channel", "moon/search/searcher"));
    ((ObjectNode) pod.path("spec")).set("os", Tree.object("name", "windows"));

    assertThat(refusal(pod))
        .startsWith("Hydra cannot serve this pod: ")
        .contains("only prod is served", "'baseline', which forbids hostPath", "windows");
  }

  @Test
  void givenAPrivilegedNamespace_thenItIsAdmitted() {
    enforced("privileged");

    assertThat(injector.judge(pod(), "search")).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void givenTheApiServerDoesNotTellTheProfile_thenItIsAdmitted() {
    server.answering(_ -> new Answer(500, "{}"));

    assertThat(injector.judge(pod(), "search")).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void givenManyPodsAtOnce_thenTheirNamespaceIsAskedForOnce_andLaterAgain() {
    enforced("privileged");
    for (int i = 0; i < 100; i++) {
      var unused = injector.judge(pod(), "search");
    }
    assertThat(server.asked()).hasSize(1);

    clock.pass(Duration.ofSeconds(10));
    enforced("restricted");

    assertThat(refusal(pod())).contains("'restricted'");
  }

  /** It may be slow because of the very pods that are created. */
  @Test
  void givenAnApiServerThatDoesNotAnswer_thenOnlyOnePodOfANamespaceWaitsForIt() throws Exception {
    var answers = new CountDownLatch(1);
    server.answering(
        _ -> {
          awaitUninterruptibly(answers);
          return new Answer(500, "{}");
        });
    var first = CompletableFuture.supplyAsync(() -> injector.judge(pod(), "search"));
    await().until(() -> server.asked().size() == 1);

    for (int i = 0; i < 100; i++) {
      assertThat(injector.judge(pod(), "search")).isInstanceOf(Verdict.Admitted.class);
    }

    assertThat(server.asked()).hasSize(1);
    assertThat(first).isNotDone();
    answers.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(Verdict.Admitted.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void givenANameThatIsTooLongForAnInstance_thenThePodIsRefused() {
    var pod = pod();
    ((ObjectNode) pod.path("metadata")).put("name", "x".repeat(121));

    assertThat(refusal(pod)).contains("more than 126 characters");
    ((ObjectNode) pod.path("metadata")).put("name", "x".repeat(120));
    assertThat(injector.judge(pod, "search")).isInstanceOf(Verdict.Admitted.class);
  }
}
