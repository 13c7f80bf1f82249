package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.Http;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The manager tells callers apart by tokens that a real API server makes and checks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdentityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ANNOTATED = "hydra/channel: " + OutsideHydra.CHANNEL;
  private static final String NODE =
      """
      {"name": "%s", "labels": {}, "dataRoot": "/data", "agentVersion": "1"}""";
  private static final String DOCTO =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hydra-docto-1, namespace: hydra-nodes}
      spec:
        nodeName: fake-1
        serviceAccountName: hydra-docto
        containers: [{name: docto, image: "hydra.local/none:1"}]
      """;

  private TestCluster cluster;
  private OutsideHydra hydra;
  private Path directory;
  private String docto;
  private String searcher;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("identity", "--fake", "3");
    directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "identity-")
            .toAbsolutePath();
    cluster.kubectl("--namespace=hydra", "create", "serviceaccount", "hydra-admin");
    cluster.kubectl("--namespace=hydra-nodes", "create", "serviceaccount", "hydra-docto");
    cluster.kubectl("create", "serviceaccount", "publisher");
    var roles =
        Files.write(
            directory.resolve("roles"),
            List.of(
                "admin * serviceaccount:hydra/hydra-admin",
                "publisher prod/default/* serviceaccount:default/publisher"));
    hydra =
        new OutsideHydra(
            cluster,
            directory,
            "127.0.0.1",
            Map.of(
                "hydra.identity.anonymous", "none",
                "hydra.identity.kubernetes.enabled", "true",
                "hydra.identity.kubernetes.roles-file", roles.toString(),
                "hydra.identity.kubernetes.cache", "2s"),
            Optional.of(token("hydra", "hydra-admin", "--audience=hydra")));
    hydra.createChannel();
    hydra.publish("2026-11-01T09-00-00");
    cluster.cluster().apply(DOCTO);
    docto = tokenOfPod("hydra-nodes", "hydra-docto", "hydra-docto-1");
    cluster.pod("searcher-1", ANNOTATED, "nodeName: fake-1");
    cluster.pod("searcher-2", ANNOTATED, "nodeName: fake-2");
    searcher = tokenOfPod("default", "default", "searcher-1");
    hydra.awaitWanted("fake-2", true, PATIENCE);
  }

  @AfterAll
  void end() throws IOException {
    if (hydra != null) {
      hydra.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private String token(String namespace, String account, String... more) throws IOException {
    var command = new ArrayList<>(List.of("--namespace=" + namespace, "create", "token", account));
    command.addAll(List.of(more));
    return cluster.kubectl(command.toArray(String[]::new));
  }

  /** As the kubelet makes it for a projected volume. */
  private String tokenOfPod(String namespace, String account, String pod) throws IOException {
    var uid = cluster.get("--namespace=" + namespace, "pod", pod).at("/metadata/uid").asText();
    return token(
        namespace,
        account,
        "--audience=hydra",
        "--bound-object-kind=Pod",
        "--bound-object-name=" + pod,
        "--bound-object-uid=" + uid);
  }

  private int status(String token, String method, String path, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(hydra.url() + "/api/v1" + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body));
    return Http.send(request.build()).statusCode();
  }

  private int register(String token, String id, String channel, String node) throws IOException {
    var registration =
        """
        {"id": "%s", "channel": "%s", "node": "%s"}"""
            .formatted(id, channel, node);
    return status(token, "PUT", "/instances/" + id, registration);
  }

  private void assertAudited(String... words) {
    Await.until(
        () -> "the audit tells of " + List.of(words),
        PATIENCE,
        () ->
            hydra
                .managersLog()
                .lines()
                .filter(line -> line.contains("[audit]"))
                .anyMatch(line -> List.of(words).stream().allMatch(line::contains)));
  }

  @Test
  @Order(1)
  void givenATokenForSomebodyElse_thenItIsRefused() throws IOException {
    assertThat(status(token("hydra", "hydra-admin"), "GET", "/nodes", "")).isEqualTo(401);
    assertThat(status(token("hydra", "hydra-admin", "--audience=vault"), "GET", "/nodes", ""))
        .isEqualTo(401);
    assertThat(status("none.at.all", "GET", "/nodes", "")).isEqualTo(401);
    assertAudited("action=Nodes.list", "who=-", "result=UNAUTHENTICATED");
  }

  @Test
  @Order(2)
  void givenADocto_thenItBringsDataToItsOwnNode() throws IOException {
    var file = Files.writeString(directory.resolve("docto-token"), docto + "\n");

    hydra.docto(
        "fake-1", directory.resolve("fake-1"), Map.of("hydra.manager.token-file", file.toString()));

    hydra.awaitData("fake-1", PATIENCE);
    assertAudited("action=Nodes.put", "as=node/fake-1", "node=fake-1", "result=OK");
  }

  @Test
  @Order(3)
  void givenADoctoThatSaysItIsAnotherNode_thenItIsRefused_andLivesOnAndSaysSo() throws IOException {
    assertThat(status(docto, "PUT", "/nodes/fake-2", NODE.formatted("fake-2"))).isEqualTo(403);
    assertThat(status(docto, "GET", "/nodes/fake-2/desired", "")).isEqualTo(403);

    var liar =
        hydra.docto(
            "fake-2",
            directory.resolve("fake-2"),
            Map.of("hydra.manager.token-file", directory.resolve("docto-token").toString()));

    Await.until(
        () -> "its health says that it is refused",
        PATIENCE,
        () -> health(liar).contains("FORBIDDEN"));
    assertThat(Files.readString(liar.log()))
        .contains("state=disconnected", "FORBIDDEN", "lacks the role agent for node fake-2");
    assertAudited(
        "action=Nodes.put",
        "who=system:serviceaccount:hydra-nodes:hydra-docto",
        "node=fake-2",
        "result=FORBIDDEN");
  }

  private static String health(Program program) throws IOException {
    return Http.get(program.health()).body();
  }

  @Test
  @Order(4)
  void givenAPod_thenItSpeaksForItselfAndForNoOther() throws IOException {
    var channel = OutsideHydra.CHANNEL.toString();
    assertThat(register(searcher, "searcher-1", channel, "fake-1")).isEqualTo(200);
    assertThat(register(searcher, "default.searcher-1", channel, "fake-1")).isEqualTo(200);
    assertThat(status(searcher, "GET", "/instances/searcher-1/desired", "")).isEqualTo(200);

    assertThat(register(searcher, "searcher-2", channel, "fake-2")).isEqualTo(403);
    assertThat(register(searcher, "searcher-1", channel, "fake-2")).isEqualTo(403);
    assertThat(register(searcher, "searcher-1", "prod/default/other", "fake-1")).isEqualTo(403);
    assertThat(status(searcher, "GET", "/instances/searcher-2/desired", "")).isEqualTo(403);
    assertThat(status(searcher, "GET", "/nodes/fake-1/desired", "")).isEqualTo(403);
    assertThat(status(searcher, "GET", "/channels/" + channel, "")).isEqualTo(403);
    assertAudited("action=Instances.put", "as=pod/default/searcher-1", "result=OK");
    assertAudited("action=Instances.put", "instance=searcher-2", "result=FORBIDDEN");
  }

  @Test
  @Order(5)
  void givenATokenOfNoPod_thenItIsNoAgent() throws IOException {
    var unbound = token("default", "default", "--audience=hydra");
    var unboundDocto = token("hydra-nodes", "hydra-docto", "--audience=hydra");

    assertThat(register(unbound, "searcher-1", OutsideHydra.CHANNEL.toString(), "fake-1"))
        .isEqualTo(403);
    assertThat(status(unboundDocto, "PUT", "/nodes/fake-1", NODE.formatted("fake-1")))
        .isEqualTo(403);
  }

  @Test
  @Order(6)
  void givenAPublisher_thenItPublishesInItsChannelsOnly() throws IOException {
    var publisher = token("default", "publisher", "--audience=hydra");

    assertThat(status(publisher, "PUT", "/channels/prod/default/made", "{}")).isEqualTo(201);
    assertThat(status(publisher, "PUT", "/channels/prod/other/made", "{}")).isEqualTo(403);
    assertThat(status(publisher, "DELETE", "/channels/prod/default/made", "")).isEqualTo(403);
    assertAudited("action=Channels.put", "channel=prod/other/made", "result=FORBIDDEN");
  }

  @Test
  @Order(7)
  void givenNoApiServer_thenKnownTokensHold_andOthersMayComeAgain() throws IOException {
    var unknown = token("default", "publisher", "--audience=hydra");
    assertThat(status(searcher, "GET", "/instances/searcher-1/desired", "")).isEqualTo(200);
    cluster.cluster().run("stop", "apiserver");

    assertThat(status(searcher, "GET", "/instances/searcher-1/desired", "")).isEqualTo(200);
    assertThat(status(unknown, "GET", "/manager", "")).isEqualTo(503);

    cluster.cluster().run("start", "apiserver");
    Await.until(
        () -> "the other token is known",
        PATIENCE,
        () -> status(unknown, "GET", "/manager", "") == 200);
  }

  @Test
  @Order(8)
  void givenAPodOrAnAccountThatIsDeleted_thenItsTokenIsWorthNothing() throws IOException {
    var publisher = token("default", "publisher", "--audience=hydra");
    assertThat(status(publisher, "GET", "/manager", "")).isEqualTo(200);
    cluster.kubectl("delete", "serviceaccount", "publisher");
    cluster.kubectl("delete", "pod", "searcher-1", "--force", "--grace-period=0");

    Await.until(
        () -> "the account's token is refused",
        Duration.ofSeconds(15),
        () -> status(publisher, "GET", "/manager", "") == 401);
    Await.until(
        () -> "the pod's token is refused",
        Duration.ofSeconds(15),
        () -> status(searcher, "GET", "/instances/searcher-1/desired", "") == 401);
    assertAudited("action=Manager.info", "result=UNAUTHENTICATED");
    for (var secret : List.of(docto, searcher, publisher)) {
      assertThat(hydra.managersLog()).doesNotContain(secret);
    }
  }
}
