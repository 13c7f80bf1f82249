package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in by the packaged manager, with static tokens and those of a Kubernetes. */
@TestInstance(Lifecycle.PER_CLASS)
class IdentityIT {
  private static final String CHANNEL = "/api/v1/channels/prod/search/searcher";
  private static final String OTHER = "/api/v1/channels/prod/maps/tiles";
  private static final String REPORT =
      "{\"epoch\": 0, \"settled\": true, \"disk\": {\"total\": 2, \"free\": 1}, \"datasets\": []}";
  private static final String NODE =
      """
      {"name": "%s", "labels": {}, "dataRoot": "/data", "agentVersion": "1"}""";
  private static final String INSTANCE =
      """
      {"id": "%s", "channel": "%s", "node": "%s"}""";

  private final Path directory;
  private final Path tokens;
  private final Path roles;
  private final FakeTokenReviews kubernetes = new FakeTokenReviews();
  private final ManagerProcess manager;

  IdentityIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    tokens =
        Files.write(
            directory.resolve("tokens"),
            List.of(
                line("root", "admin *"),
                line("ci", "publisher prod/search/*"),
                line("jane", "operator prod/search/*"),
                line("reader", "viewer prod/maps/*"),
                line("host-1", "agent node:node-1"),
                line("searcher-1", "agent node:node-1 instance:searcher-1 prod/search/*")));
    roles =
        Files.writeString(
            directory.resolve("roles"), "publisher prod/maps/* serviceaccount:ci/publisher\n");
    manager = ManagerProcess.start(directory, settings());
  }

  private Map<String, String> settings() throws IOException {
    var settings = new HashMap<String, String>();
    settings.put("hydra.identity.tokens-file", tokens.toString());
    settings.put("hydra.identity.kubernetes.enabled", "true");
    settings.put("hydra.identity.kubernetes.roles-file", roles.toString());
    settings.put("hydra.identity.kubernetes.cache", "200ms");
    settings.put("hydra.kubernetes.api-server.url", kubernetes.url().toString());
    settings.put(
        "hydra.kubernetes.api-server.token-file",
        Files.writeString(directory.resolve("own"), "own").toString());
    return settings;
  }

  @AfterAll
  void close() {
    manager.close();
    kubernetes.close();
  }

  private static String secret(String name) {
    return "secret-of-" + name;
  }

  private static String line(String name, String rest) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(secret(name).getBytes(StandardCharsets.US_ASCII));
      return "%s %s %s".formatted(name, HexFormat.of().formatHex(hash), rest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return manager.send(method, path, body, Map.of("Authorization", "Bearer " + token));
  }

  private int status(String who, String method, String path, String body) throws Exception {
    return as(secret(who), method, path, body).statusCode();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return HydraJson.mapper().readTree(answer.body());
  }

  /** The newest line of the audit with these words. */
  private String audit(String... words) {
    return Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                manager
                    .log()
                    .lines()
                    .filter(line -> line.contains("[hydra.audit]") || line.contains("[audit]"))
                    .filter(line -> List.of(words).stream().allMatch(line::contains))
                    .reduce("", (first, last) -> last),
            line -> !line.isEmpty());
  }

  @Test
  void givenNoToken_thenItIsRefusedWithAChallenge_andAudited() throws Exception {
    var answer = manager.get("/api/v1/nodes");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"hydra\"");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("code").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(json(answer).path("retryable").asBoolean()).isFalse();
    assertThat(audit("action=Nodes.list", "result=UNAUTHENTICATED"))
        .contains("who=-", "from=127.0.0.1");
  }

  @Test
  void givenWrongTokens_thenTheyAreRefused() throws Exception {
    for (var header : List.of("Bearer nonsense", "Basic cm9vdDpyb290", "Bearer ", "nonsense")) {
      var answer = manager.send("GET", "/api/v1/nodes", "", Map.of("Authorization", header));
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
    }
    var foreign = as(FakeTokenReviews.jwt("other"), "GET", "/api/v1/nodes", "");
    assertThat(foreign.statusCode()).isEqualTo(401);
    assertThat(json(foreign).path("detail").asText()).contains("audience 'hydra'");
    assertThat(as(FakeTokenReviews.jwt("hydra"), "GET", "/api/v1/nodes", "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void givenHealthMetricsAndDocument_thenTheyNeedNoToken() throws Exception {
    for (var path : List.of("/q/health/ready", "/q/metrics", "/openapi")) {
      assertThat(manager.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void givenRoles_thenEachDoesWhatIsItsOwnInItsChannels() throws Exception {
    assertThat(status("jane", "PUT", CHANNEL, "{}"))
        .as("operators make no channels")
        .isEqualTo(403);
    assertThat(status("ci", "PUT", OTHER, "{}")).isEqualTo(403);
    assertThat(status("ci", "PUT", CHANNEL, "{}")).isEqualTo(201);
    assertThat(status("ci", "PUT", CHANNEL, "{\"retainReleases\": 3}")).isEqualTo(403);
    assertThat(status("ci", "DELETE", CHANNEL + "/pin", "")).isEqualTo(403);
    assertThat(status("jane", "PUT", CHANNEL, "{\"retainReleases\": 3, \"budget\": {\"disk\": 7}}"))
        .isEqualTo(200);
    assertThat(status("jane", "DELETE", CHANNEL + "/pin", "")).isEqualTo(200);
    assertThat(status("jane", "POST", CHANNEL + "/releases", "{\"template\": {}}")).isEqualTo(403);
    assertThat(status("ci", "POST", CHANNEL + "/promote", "{}")).isEqualTo(403);
    assertThat(status("ci", "POST", CHANNEL + "/reject", "{\"version\": \"1\"}")).isEqualTo(403);
    assertThat(status("jane", "POST", CHANNEL + "/promote", "{}")).isEqualTo(404);
    assertThat(status("jane", "POST", CHANNEL + "/republish", "{\"version\": \"1\"}"))
        .isEqualTo(403);
    assertThat(status("ci", "POST", CHANNEL + "/republish", "{\"version\": \"1\"}")).isEqualTo(404);
    assertThat(
            status(
                "ci",
                "POST",
                CHANNEL + "/republish",
                "{\"version\": \"1\", \"from\": \"prod/maps/tiles\"}"))
        .as("it is read there, too")
        .isEqualTo(403);
    assertThat(json(as(secret("ci"), "GET", CHANNEL + "/history", "")).at("/items/0/by").asText())
        .isEqualTo("ci");
    assertThat(status("jane", "DELETE", "/api/v1/nodes/node-9", "")).isEqualTo(403);
    assertThat(status("root", "DELETE", "/api/v1/nodes/node-9", "")).isEqualTo(404);
    assertThat(status("reader", "GET", CHANNEL, "")).isEqualTo(403);
    assertThat(status("reader", "GET", OTHER, "")).isEqualTo(404);
    assertThat(json(as(secret("reader"), "GET", "/api/v1/channels", "")).path("items")).isEmpty();
    assertThat(json(as(secret("ci"), "GET", "/api/v1/channels", "")).path("items")).hasSize(1);

    assertThat(audit("action=Channels.put", "who=jane", "result=OK"))
        .contains("channel=prod/search/searcher", "retainReleases:3", "budget:{disk:7}")
        .containsPattern("before=\".*retainReleases:[0-9]+.*\" after=\".*retainReleases:3");
    var brief = "/api/v1/channels/prod/search/brief";
    assertThat(status("root", "PUT", brief, "{\"retainReleases\": 3}")).isEqualTo(201);
    assertThat(status("root", "DELETE", brief, "")).isEqualTo(204);
    assertThat(audit("action=Channels.delete", "who=root", "result=OK"))
        .containsPattern("before=\".*retainReleases:3.*head=none pin=none");
    assertThat(audit("action=Channels.unpin", "who=ci")).contains("result=FORBIDDEN");
    assertThat(manager.log()).doesNotContain("secret-of-");
  }

  @Test
  void givenAnAgentOfAHost_thenItSpeaksForItselfOnly() throws Exception {
    assertThat(status("host-1", "PUT", "/api/v1/nodes/node-1", NODE.formatted("node-1")))
        .isEqualTo(200);
    assertThat(status("host-1", "GET", "/api/v1/nodes/node-1/desired", "")).isEqualTo(200);
    assertThat(status("host-1", "PUT", "/api/v1/nodes/node-2", NODE.formatted("node-2")))
        .isEqualTo(403);
    assertThat(status("host-1", "GET", "/api/v1/nodes", "")).isEqualTo(403);
    assertThat(status("host-1", "GET", "/api/v1/manifests/" + "a".repeat(64), "")).isEqualTo(404);

    var own = INSTANCE.formatted("searcher-1", "prod/search/searcher", "node-1");
    assertThat(status("searcher-1", "PUT", "/api/v1/instances/searcher-1", own)).isEqualTo(200);
    assertThat(status("searcher-1", "GET", "/api/v1/instances/searcher-1/desired", ""))
        .isEqualTo(200);
    var elsewhere = INSTANCE.formatted("searcher-1", "prod/search/searcher", "node-2");
    assertThat(status("searcher-1", "PUT", "/api/v1/instances/searcher-1", elsewhere))
        .isEqualTo(403);
    assertThat(status("searcher-1", "GET", "/api/v1/instances/searcher-2/desired", ""))
        .isEqualTo(403);
    assertThat(audit("action=Instances.put", "result=OK"))
        .contains("as=instance/searcher-1", "instance=searcher-1");
  }

  @Test
  void givenTokensOfAKubernetes_thenTheirAccountsAndPodsCount() throws Exception {
    var publisher = kubernetes.account("ci", "publisher");
    assertThat(as(publisher, "PUT", "/api/v1/channels/prod/maps/roads", "{}").statusCode())
        .isEqualTo(201);
    assertThat(as(publisher, "PUT", "/api/v1/channels/prod/search/x", "{}").statusCode())
        .isEqualTo(403);

    var docto = kubernetes.pod("hydra-nodes", "hydra-docto", "hydra-docto-x", "n1");
    assertThat(as(docto, "PUT", "/api/v1/nodes/n1", NODE.formatted("n1")).statusCode())
        .isEqualTo(200);
    assertThat(as(docto, "PUT", "/api/v1/nodes/n2", NODE.formatted("n2")).statusCode())
        .isEqualTo(403);

    var pod = kubernetes.pod("search", "default", "searcher-0", "n1");
    var mine = INSTANCE.formatted("search.searcher-0", "prod/search/searcher", "n1");
    assertThat(as(pod, "PUT", "/api/v1/instances/search.searcher-0", mine).statusCode())
        .isEqualTo(200);
    var foreign = INSTANCE.formatted("searcher-0", "prod/maps/tiles", "n1");
    assertThat(as(pod, "PUT", "/api/v1/instances/searcher-0", foreign).statusCode()).isEqualTo(403);
    assertThat(as(pod, "PUT", "/api/v1/nodes/n1", NODE.formatted("n1")).statusCode())
        .isEqualTo(403);
    assertThat(as(kubernetes.account("search", "default"), "GET", "/api/v1/nodes", "").statusCode())
        .isEqualTo(403);
    assertThat(audit("action=Instances.put", "result=FORBIDDEN", "as=pod/search/searcher-0"))
        .contains("who=system:serviceaccount:search:default");
  }

  @Test
  void givenATokenThatIsRevoked_thenItIsRefusedSoon() throws Exception {
    var docto = kubernetes.pod("hydra-nodes", "hydra-docto", "hydra-docto-y", "n7");
    assertThat(as(docto, "PUT", "/api/v1/nodes/n7", NODE.formatted("n7")).statusCode())
        .isEqualTo(200);

    kubernetes.revoke(docto);

    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> as(docto, "GET", "/api/v1/nodes/n7/desired", "").statusCode() == 401);
  }

  /** What an agent repeats is taken without being read again, and by way of the same rules. */
  @Test
  void givenAReportThatIsRepeated_thenOnlyByWhoMay() throws Exception {
    var node = "/api/v1/nodes/node-1";
    assertThat(status("host-1", "PUT", node, NODE.formatted("node-1"))).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(status("host-1", "POST", node + "/report", REPORT)).isEqualTo(204);
    }

    assertThat(status("searcher-1", "POST", node + "/report", REPORT)).isEqualTo(403);
    assertThat(as("nobody-knows-this", "POST", node + "/report", REPORT).statusCode())
        .isEqualTo(401);
    assertThat(status("searcher-1", "GET", node + "/desired?since=99999999999999&wait=60s", ""))
        .isEqualTo(403);
    assertThat(audit("action=Nodes.report", "result=FORBIDDEN")).contains("who=searcher-1");
  }

  /** What was asked for before is answered by a shorter way, and by the same rules. */
  @Test
  void givenAManifestThatIsAskedForAgain_thenOnlyByWhoMay() throws Exception {
    var channel = "/api/v1/channels/prod/maps/borders";
    var release =
        "{\"template\": {\"settings\": {\"Inline\": {\"a.json\": \"{}\"}, \"Placement\": \"RAM\"}}}";
    assertThat(status("root", "PUT", channel, "{}")).isEqualTo(201);
    var published = json(as(secret("root"), "POST", channel + "/releases", release));
    var manifest = "/api/v1/manifests/" + published.at("/release/datasets/0/digest").asText();

    var first = as(secret("host-1"), "GET", manifest, "");
    var second = as(secret("host-1"), "GET", manifest, "");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(status("searcher-1", "GET", manifest, "")).isEqualTo(200);
    assertThat(as("nobody-knows-this", "GET", manifest, "").statusCode()).isEqualTo(401);
    assertThat(manager.get(manifest).statusCode()).isEqualTo(401);
  }

  @Test
  void givenATokenThatIsRevoked_thenWhatItRepeatsIsRefusedSoon() throws Exception {
    var docto = kubernetes.pod("hydra-nodes", "hydra-docto", "hydra-docto-z", "n8");
    as(docto, "PUT", "/api/v1/nodes/n8", NODE.formatted("n8"));
    for (int i = 0; i < 3; i++) {
      assertThat(as(docto, "POST", "/api/v1/nodes/n8/report", REPORT).statusCode()).isEqualTo(204);
    }

    kubernetes.revoke(docto);

    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> as(docto, "POST", "/api/v1/nodes/n8/report", REPORT).statusCode() == 401);
  }

  @Test
  void givenAnApiServerThatFails_thenKnownTokensHold_andOthersMayComeAgain() throws Exception {
    try (var failing = new FakeTokenReviews()) {
      var settings = settings();
      settings.put("hydra.kubernetes.api-server.url", failing.url().toString());
      var state = Files.createDirectory(directory.resolve("failing"));
      try (var second = ManagerProcess.start(state, settings)) {
        var known = Map.of("Authorization", "Bearer " + failing.account("ci", "publisher"));
        assertThat(second.send("GET", "/api/v1/manager", "", known).statusCode()).isEqualTo(200);
        var unknown = Map.of("Authorization", "Bearer " + failing.account("ci", "other"));
        failing.breakDown();

        Awaitility.await()
            .atMost(10, TimeUnit.SECONDS)
            .until(
                () -> {
                  int before = failing.asked();
                  assertThat(second.send("GET", "/api/v1/manager", "", known).statusCode())
                      .isEqualTo(200);
                  return failing.asked() > before;
                });
        var answer = second.send("GET", "/api/v1/manager", "", unknown);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asText()).isEqualTo("UNAVAILABLE");
        assertThat(json(answer).path("retryable").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void givenAnAddressOfANetworkAndNoIdentity_thenItDoesNotStart() throws Exception {
    var state = Files.createDirectory(directory.resolve("open"));
    var log = state.resolve("log");

    var process = ManagerProcess.spawn(state, Map.of("quarkus.http.host", "0.0.0.0"), log);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(Files.readString(log))
        .contains("hydra.identity.kubernetes.enabled", "hydra.identity.anonymous=admin");
  }

  @Test
  void givenAnAddressOfANetworkAndALeaveForAll_thenItStarts() throws Exception {
    var state = Files.createDirectory(directory.resolve("leave"));
    try (var open =
        ManagerProcess.start(
            state, Map.of("quarkus.http.host", "0.0.0.0", "hydra.identity.anonymous", "viewer"))) {
      assertThat(open.get("/api/v1/nodes").statusCode()).isEqualTo(200);
      assertThat(open.send("PUT", CHANNEL, "{}", Map.of()).statusCode()).isEqualTo(403);
    }
  }
}
