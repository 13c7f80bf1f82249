package io.hydra.manager.packaged;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.publish.FakeS3;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of the packaged manager, over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class ManagerIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ObjectMapper json = HydraJson.mapper();
  private final FakeS3 s3 = new FakeS3();
  private final ManagerProcess manager;
  private final Path sources;

  ManagerIT(@TempDir Path directory) throws IOException {
    sources = Files.createDirectory(directory.resolve("sources"));
    manager =
        ManagerProcess.start(
            directory,
            Map.of(
                "hydra.environments", "prod,staging",
                "hydra.sources.file-roots", sources.toString(),
                "hydra.s3.endpoint", s3.endpoint().toString(),
                "hydra.s3.access-key", "key",
                "hydra.s3.secret-key", "secret"));
  }

  @BeforeAll
  void upload() throws IOException {
    for (var version : new String[] {"2026-11-01T00-00-00", "2026-11-02T00-00-00"}) {
      s3.put("b", "index/" + version + "/part-0", "index of " + version);
      var folder = Files.createDirectories(sources.resolve("words").resolve(version));
      Files.writeString(folder.resolve("words.txt"), "words of " + version);
    }
  }

  @AfterAll
  void close() {
    manager.close();
    s3.close();
  }

  private static String newChannel() {
    return "/api/v1/channels/prod/search/searcher-" + NUMBER.incrementAndGet();
  }

  private String channel() throws Exception {
    var path = newChannel();
    assertThat(manager.send("PUT", path, "{}", Map.of()).statusCode()).isEqualTo(201);
    return path;
  }

  private String template() {
    return """
        {"template": {
          "index": {"SourcePath": "s3://b/index/{VERSION_PLACEHOLDER}/", "Placement": 0},
          "words": {"SourcePath": "file://%s/words/{VERSION_PLACEHOLDER}/words.txt", "Placement": "RAM"}}}
        """
        .formatted(sources);
  }

  @Test
  void givenItStartedThenItIsReadyAndTellsWhatItServes() throws Exception {
    assertThat(manager.get("/q/health/ready").statusCode()).isEqualTo(200);

    var info = body(manager.get("/api/v1/manager"));
    assertThat(info.at("/environments")).hasSize(2);
    assertThat(info.at("/version").asText()).isNotBlank();
    assertThat(info.at("/epoch").asLong()).isPositive();
  }

  @Test
  void givenMetricsAndDocumentThenTheyAreServed() throws Exception {
    assertThat(manager.get("/q/metrics").body()).contains("jvm_memory");
    assertThat(manager.get("/openapi").body())
        .contains("openapi: 3.1.0")
        .contains("/api/v1/channels");
    assertThat(manager.get("/q/openapi").body()).isEqualTo(manager.get("/openapi").body());
  }

  @Test
  void givenANewChannelThenItIsMadeWithItsPlaceAndTag() throws Exception {
    var path = newChannel();

    var made = manager.send("PUT", path, "{\"retainReleases\": 3}", Map.of());

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location"))
        .hasValueSatisfying(l -> assertThat(l).endsWith(path));
    var revision = body(made).at("/revision").asText();
    assertThat(made.headers().firstValue("ETag")).contains("\"" + revision + "\"");
    assertThat(body(made).at("/settings/retainReleases").asInt()).isEqualTo(3);
    assertThat(body(made).at("/settings/progressDeadline").asText()).isEqualTo("PT10M");
  }

  @Test
  void givenABudgetThenItIsShownUntilItIsReplacedAsAWhole() throws Exception {
    var path = channel();
    assertThat(body(manager.get(path)).at("/settings/budget").isEmpty()).isTrue();

    manager.send("PUT", path, "{\"budget\": {\"disk\": 5000000000, \"ram\": 7}}", Map.of());
    manager.send("PUT", path, "{\"retainOnNode\": 3}", Map.of());
    assertThat(body(manager.get(path)).at("/settings/budget").toString())
        .isEqualTo("{\"disk\":5000000000,\"ram\":7}");

    manager.send("PUT", path, "{\"budget\": {\"ram\": 8}}", Map.of());
    assertThat(body(manager.get(path)).at("/settings/budget").toString()).isEqualTo("{\"ram\":8}");
  }

  @Test
  void givenAnOldTagWhenChangedThenPreconditionFailed() throws Exception {
    var path = channel();
    var tag = manager.get(path).headers().firstValue("ETag").orElseThrow();
    var changed = manager.send("PUT", path, "{\"retainOnNode\": 3}", Map.of("If-Match", tag));
    assertThat(changed.statusCode()).isEqualTo(200);

    var late = manager.send("PUT", path, "{\"retainOnNode\": 4}", Map.of("If-Match", tag));

    assertProblem(late, ErrorCode.PRECONDITION_FAILED);
    assertThat(body(manager.get(path)).at("/settings/retainOnNode").asInt()).isEqualTo(3);
  }

  @Test
  void givenATagForAChannelThatIsNotThereThenPreconditionFailed() throws Exception {
    assertProblem(
        manager.send("PUT", newChannel(), "{}", Map.of("If-Match", "\"1\"")),
        ErrorCode.PRECONDITION_FAILED);
  }

  @Test
  void givenATagForAnEnvironmentThatIsNotServedThenThatIsSaid() throws Exception {
    assertProblem(
        manager.send("PUT", "/api/v1/channels/other/search/x", "{}", Map.of("If-Match", "\"1\"")),
        ErrorCode.UNKNOWN_ENVIRONMENT);
  }

  @Test
  void givenAnOldTagThenNoHeadIsChangedAndNothingDeleted() throws Exception {
    var path = channel();
    manager.send("POST", path + "/releases", template(), Map.of());
    var version = body(manager.get(path)).at("/head/version").asText();
    var old = Map.of("If-Match", "\"1\"");
    var named = "{\"version\": \"%s\"}".formatted(version);

    for (var call :
        List.of(
            manager.send("PUT", path + "/pin", named, old),
            manager.send("DELETE", path + "/pin", "", old),
            manager.send("POST", path + "/rollback", "{}", old),
            manager.send("POST", path + "/promote", "{}", old),
            manager.send("POST", path + "/reject", named, old),
            manager.send("DELETE", path, "", old))) {
      assertProblem(call, ErrorCode.PRECONDITION_FAILED);
    }
    var tag = manager.get(path).headers().firstValue("ETag").orElseThrow();
    var rejected = manager.send("POST", path + "/reject", named, Map.of("If-Match", tag));
    assertThat(rejected.statusCode()).isEqualTo(200);
    assertThat(rejected.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    assertThat(body(manager.get(path + "/head")).at("/since/cause").asText()).isEqualTo("REJECTED");
  }

  @Test
  void givenATemplateThenPublishedFromS3AndFilesWithManifestsToRead() throws Exception {
    var path = channel();

    var published = manager.send("POST", path + "/releases", template(), Map.of());

    assertThat(published.statusCode()).isEqualTo(201);
    assertThat(published.headers().firstValue("Location")).isPresent();
    var release = body(published).at("/release");
    assertThat(release.at("/version").asText()).isEqualTo("2026-11-02T00-00-00");
    assertThat(release.at("/datasets/1/placement").asText()).isEqualTo("RAM");
    var digest = release.at("/datasets/1/digest").asText();
    var manifest = body(manager.get("/api/v1/manifests/" + digest));
    assertThat(manifest.at("/files/0/path").asText()).isEqualTo("words.txt");
    assertThat(manifest.at("/files/0/checksums/0/algorithm").asText()).isEqualTo("SHA256");
    assertThat(body(manager.get(path)).at("/head/sequence").asInt()).isEqualTo(1);
  }

  @Test
  void givenANewReleaseThenItIsReadAtItsPlaceAndAnUnknownOneIsAProblem() throws Exception {
    var path = channel();

    var published = manager.send("POST", path + "/releases", template(), Map.of());

    var place = published.headers().firstValue("Location").orElseThrow();
    assertThat(body(manager.get(place)).at("/release")).isEqualTo(body(published).at("/release"));
    assertThat(body(manager.get(place)).at("/head").asBoolean()).isTrue();
    assertProblem(manager.get(path + "/releases/1.2.3"), ErrorCode.UNKNOWN_RELEASE);
  }

  @Test
  void givenTheSameContentThenOkAndNotCreated() throws Exception {
    var path = channel();
    manager.send("POST", path + "/releases", template(), Map.of());

    var again = manager.send("POST", path + "/releases", template(), Map.of());

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(body(again).at("/created").asBoolean()).isFalse();
    assertThat(body(manager.get(path + "/releases")).at("/items")).hasSize(1);
  }

  @Test
  void givenATemplateThenItsPlanIsToldAndNothingPublished() throws Exception {
    var channel = channel();
    var node = "n-" + NUMBER.incrementAndGet();
    manager.send(
        "PUT",
        "/api/v1/nodes/" + node,
        "{\"name\":\"%s\",\"labels\":{\"plan\":\"%s\"},\"dataRoot\":\"/d\",\"agentVersion\":\"1\"}"
            .formatted(node, node),
        Map.of());
    manager.send("PUT", channel, "{\"nodeSelector\":{\"plan\":\"%s\"}}".formatted(node), Map.of());
    var request = template();

    var unheard = body(manager.send("POST", channel + "/plan", request, Map.of()));
    assertThat(unheard.at("/nodes/0/fit").asText()).isEqualTo("UNKNOWN");
    manager.send(
        "POST",
        "/api/v1/nodes/%s/report".formatted(node),
        "{\"epoch\":0,\"settled\":true,\"disk\":{\"total\":1,\"free\":1},\"datasets\":[]}",
        Map.of());
    var full = body(manager.send("POST", channel + "/plan", request, Map.of()));

    assertThat(full.at("/created").asBoolean()).isTrue();
    assertThat(full.at("/nodes/0/node").asText()).isEqualTo(node);
    assertThat(full.at("/nodes/0/fit").asText()).isEqualTo("DISK_FULL");
    assertThat(full.at("/verdict").asText()).contains("0 of 1 nodes can hold it");
    assertThat(body(manager.get(channel + "/releases")).path("items")).isEmpty();
  }

  @Test
  void givenAMissingSourceThenAProblemThatNamesTheDataset() throws Exception {
    var refused =
        manager.send(
            "POST",
            channel() + "/releases",
            "{\"template\": {\"gone\": {\"SourcePath\": \"s3://b/gone/\"}}}",
            Map.of());

    var problem = assertProblem(refused, ErrorCode.SOURCE_MISSING);
    assertThat(problem.context()).containsEntry("dataset", "gone");
    assertThat(problem.detail()).contains("gone");
  }

  @Test
  void givenReleasesThenPinRollbackAndUnpinSayWhatHolds() throws Exception {
    var path = channel();
    for (int i = 1; i <= 3; i++) {
      s3.put("b", "fixed/" + i, "content " + i);
      var body = "{\"template\": {\"fixed\": {\"SourcePath\": \"s3://b/fixed/%d\"}}}".formatted(i);
      assertThat(manager.send("POST", path + "/releases", body, Map.of()).statusCode())
          .isEqualTo(201);
    }
    var releases = body(manager.get(path + "/releases")).at("/items");
    assertThat(releases.findValuesAsText("sequence")).containsExactly("3", "2", "1");
    assertThat(body(manager.get(path + "/releases/" + releases.at("/1/release/version").asText())))
        .isEqualTo(releases.at("/1"));
    var first = releases.at("/2/release/version").asText();

    var pinned =
        manager.send("PUT", path + "/pin", "{\"version\": \"%s\"}".formatted(first), Map.of());
    assertThat(body(pinned).at("/target/sequence").asInt()).isEqualTo(1);
    var unpinned = manager.send("DELETE", path + "/pin", "", Map.of());
    assertThat(body(unpinned).at("/target/sequence").asInt()).isEqualTo(3);
    var back = manager.send("POST", path + "/rollback", "{}", Map.of());
    assertThat(body(back).at("/head/sequence").asInt()).isEqualTo(2);
    assertThat(body(manager.get(path + "/releases")).at("/items/0/rejected/reason").asText())
        .isEqualTo("rolled back");
  }

  @Test
  void givenScopesThenEachHasItsOwnHeadAndPin() throws Exception {
    var path = channel();
    var settings =
        """
        {"scopes": [{"name": "eu", "nodeSelector": {"region": "eu"}, "promotion": "manual"},
                    {"name": "us", "nodeSelector": {"region": "us"}}]}""";
    assertThat(manager.send("PUT", path, settings, Map.of()).statusCode()).isEqualTo(200);
    var first = publishFixed(path, 1);
    publishFixed(path, 2);

    assertThat(scopes(path).at("/0/head").isMissingNode()).isTrue();
    assertThat(scopes(path).at("/0/staged/sequence").asInt()).isEqualTo(2);
    assertThat(scopes(path).at("/1/head/sequence").asInt()).isEqualTo(2);

    var version = "\"version\": \"%s\"".formatted(first);
    manager.send("POST", path + "/promote", "{%s, \"scope\": \"eu\"}".formatted(version), Map.of());
    manager.send("PUT", path + "/pin", "{%s, \"scope\": \"us\"}".formatted(version), Map.of());
    assertThat(scopes(path).at("/0/target/sequence").asInt()).isEqualTo(1);
    assertThat(scopes(path).at("/1/target/sequence").asInt()).isEqualTo(1);
    assertThat(body(manager.get(path)).at("/target/sequence").asInt()).isEqualTo(2);
    var releases = body(manager.get(path + "/releases")).at("/items");
    assertThat(releases.at("/1/headIn/0").asText()).isEqualTo("eu");
    assertThat(releases.at("/1/pinnedIn/0").asText()).isEqualTo("us");

    manager.send("DELETE", path + "/pin?scope=us", "", Map.of());
    assertThat(scopes(path).at("/1/target/sequence").asInt()).isEqualTo(2);
    assertThat(body(manager.get(path + "/status")).at("/scopes")).hasSize(3);
  }

  private JsonNode scopes(String path) throws Exception {
    return body(manager.get(path)).at("/scopes");
  }

  /** As the path of agents' orders ends. */
  @Test
  void givenAChannelThatIsCalledDesiredThenItIsReadAsAnyOther() throws Exception {
    var path = "/api/v1/channels/prod/search/desired";
    assertThat(manager.send("PUT", path, "{}", Map.of()).statusCode()).isEqualTo(201);

    assertThat(manager.get(path + "?wait=1s").statusCode()).isEqualTo(200);
    assertThat(manager.send("DELETE", path + "?wait=1s", "", Map.of()).statusCode()).isEqualTo(204);
  }

  @Test
  void givenReportsThatAreNoneThenTheyAreRefused() throws Exception {
    var node = "{\"name\": \"silent\", \"root\": \"/x\", \"version\": \"test\", \"labels\": {}}";
    manager.send("PUT", "/api/v1/nodes/silent", node, Map.of());
    for (var body : List.of("null", "", "[]", "{", "{}")) {
      assertProblem(
          manager.send("POST", "/api/v1/nodes/silent/report", body, Map.of()),
          ErrorCode.INVALID_REQUEST);
    }
  }

  @Test
  void givenAScopeThatIsNoneThenItIsRefused() throws Exception {
    var path = channel();
    assertProblem(
        manager.send("DELETE", path + "/pin?scope=eu", "", Map.of()), ErrorCode.UNKNOWN_SCOPE);
    assertProblem(
        manager.send("DELETE", path + "/pin?scope=E%20U", "", Map.of()), ErrorCode.INVALID_REQUEST);
    for (var scope :
        List.of(
            "{}",
            "{\"name\": \"eu\"}",
            "{\"nodeSelector\": {\"region\": \"eu\"}}",
            "{\"name\": \"eu\", \"nodeSelector\": {}}",
            "{\"name\": \"eu\", \"nodeSelector\": {\"region\": null}}",
            "null")) {
      var settings = "{\"scopes\": [%s]}".formatted(scope);
      assertProblem(manager.send("PUT", path, settings, Map.of()), ErrorCode.INVALID_REQUEST);
    }
  }

  private String publishFixed(String path, int content) throws Exception {
    s3.put("b", "staged/" + content, "content " + content);
    var body =
        "{\"template\": {\"fixed\": {\"SourcePath\": \"s3://b/staged/%d\"}}}".formatted(content);
    var answer = manager.send("POST", path + "/releases", body, Map.of());
    assertThat(answer.statusCode()).isEqualTo(201);
    return body(answer).at("/release/version").asText();
  }

  @Test
  void givenManualPromotionThenReleasesAreStagedUntilTheyArePromotedOrRejected() throws Exception {
    var path = channel();
    publishFixed(path, 1);
    manager.send("PUT", path, "{\"promotion\": \"manual\"}", Map.of());
    var second = publishFixed(path, 2);
    var third = publishFixed(path, 3);

    var staged = body(manager.get(path));
    assertThat(staged.at("/head/sequence").asInt()).isEqualTo(1);
    assertThat(staged.at("/staged/sequence").asInt()).isEqualTo(3);
    assertThat(staged.at("/settings/promotion").asText()).isEqualTo("manual");
    assertThat(body(manager.get(path + "/releases")).at("/items").findValuesAsText("staged"))
        .containsExactly("true", "true", "false");
    assertThat(body(manager.get(path + "/status")).at("/staged/reason").asText())
        .contains("hydra promote");
    assertThat(body(manager.get(path + "/explain?version=" + third)).toString())
        .contains("is staged");

    var rejected =
        manager.send(
            "POST",
            path + "/reject",
            "{\"version\": \"%s\", \"reason\": \"wrong\"}".formatted(third),
            Map.of());
    assertThat(body(rejected).at("/staged/sequence").asInt()).isEqualTo(2);
    assertProblem(
        manager.send("POST", path + "/promote", "{\"version\": \"%s\"}".formatted(third), Map.of()),
        ErrorCode.RELEASE_REJECTED);
    var promoted = manager.send("POST", path + "/promote", "{}", Map.of());
    assertThat(body(promoted).at("/head/version").asText()).isEqualTo(second);
    assertProblem(
        manager.send("POST", path + "/promote", "{}", Map.of()), ErrorCode.UNKNOWN_RELEASE);
  }

  @ParameterizedTest
  @CsvSource({
    "retainReleases,1001",
    "retainReleases,0",
    "retainOnNode,1001",
    "retainFor,'\"P3651D\"'",
    "retainFor,'\"-PT1S\"'",
    "budget,'{\"disk\": 0}'",
    "budget,'{\"ram\": -1}'",
    "budget,'{\"disk\": 1e30}'",
    "budget,'{\"disk\": \"10GiB\"}'",
    "budget,'{\"disc\": 1}'"
  })
  void givenASettingOutOfItsRangeThenInvalidRequestNamesIt(String name, String value)
      throws Exception {
    var refused =
        manager.send("PUT", newChannel(), "{\"%s\": %s}".formatted(name, value), Map.of());

    assertThat(assertProblem(refused, ErrorCode.INVALID_REQUEST).detail()).contains(name);
  }

  @Test
  void givenChangesThenTheHistorySaysWhatHeldWhenAndByWhom() throws Exception {
    var path = channel();
    var first = publishFixed(path, 1);
    var second = publishFixed(path, 2);
    manager.send("PUT", path + "/pin", "{\"version\": \"%s\"}".formatted(first), Map.of());

    var history = body(manager.get(path + "/history")).at("/items");
    assertThat(history.findValuesAsText("cause"))
        .containsExactly("PINNED", "PUBLISHED", "PUBLISHED", "CREATED");
    assertThat(history.at("/0/pin/version").asText()).isEqualTo(first);
    assertThat(history.at("/0/by").asText()).isNotBlank();
    var then = body(manager.get(path + "/head?at=" + history.at("/1/at").asText()));
    assertThat(then.at("/target/version").asText()).isEqualTo(second);
    assertThat(then.at("/since")).isEqualTo(history.at("/1"));
    var now = body(manager.get(path + "/head"));
    assertThat(now.at("/target/version").asText()).isEqualTo(first);
    assertProblem(manager.get(path + "/head?at=2020-01-01T00:00:00Z"), ErrorCode.HISTORY_UNKNOWN);
    assertProblem(manager.get(path + "/head?at=yesterday"), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void givenARejectedReleaseWhenRepublishedThenItIsCreatedAgainHereAndInAnotherChannel()
      throws Exception {
    var path = channel();
    var first = publishFixed(path, 1);
    var version = "{\"version\": \"%s\"}".formatted(first);
    manager.send("POST", path + "/reject", version, Map.of());

    var again = manager.send("POST", path + "/republish", version, Map.of());

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Location")).isPresent();
    assertThat(body(manager.get(path)).at("/head/sequence").asInt()).isEqualTo(2);
    var other = channel();
    var from =
        "{\"version\": \"%s\", \"from\": \"%s\"}"
            .formatted(first, path.substring("/api/v1/channels/".length()));
    var copy = manager.send("POST", other + "/republish", from, Map.of());
    assertThat(copy.statusCode()).isEqualTo(201);
    assertThat(body(copy).at("/release/datasets")).isEqualTo(body(again).at("/release/datasets"));
    assertProblem(
        manager.send("POST", other + "/republish", "{\"version\": \"1.0\"}", Map.of()),
        ErrorCode.UNKNOWN_RELEASE);
    assertProblem(
        manager.send("POST", other + "/republish", "{}", Map.of()), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void givenFilesInTheTemplateThenTheirManifestHasThem() throws Exception {
    var body =
        "{\"template\": {\"settings\": {\"Inline\": {\"a.json\": \"{}\"}, \"Placement\": \"RAM\"}}}";

    var published = manager.send("POST", channel() + "/releases", body, Map.of());

    assertThat(published.statusCode()).isEqualTo(201);
    var dataset = body(published).at("/release/datasets/0");
    assertThat(dataset.at("/source").asText()).isEqualTo("inline:");
    var manifest = body(manager.get("/api/v1/manifests/" + dataset.at("/digest").asText()));
    assertThat(manifest.at("/files/0/path").asText()).isEqualTo("a.json");
    assertThat(manifest.at("/files/0/content").asText()).isEqualTo("e30=");
  }

  @Test
  void givenTooMuchInTheTemplateThenRefusedWithTheLimit() throws Exception {
    var body =
        "{\"template\": {\"settings\": {\"Inline\": {\"a\": \"%s\"}}}}"
            .formatted("x".repeat(262_145));

    var refused = manager.send("POST", channel() + "/releases", body, Map.of());

    assertThat(assertProblem(refused, ErrorCode.INVALID_TEMPLATE).detail())
        .contains("over the limit of 262144");
  }

  @Test
  void givenANodeWithMoreThanIsTakenThenInvalidRequestNamesTheLimit() throws Exception {
    var node =
        "{\"name\": \"big\", \"labels\": {\"l\": \"%s\"}, \"dataRoot\": \"/d\", \"agentVersion\": \"1\"}"
            .formatted("v".repeat(254));

    var refused = manager.send("PUT", "/api/v1/nodes/big", node, Map.of());

    assertThat(assertProblem(refused, ErrorCode.INVALID_REQUEST).detail())
        .contains("over the limit of 253");
    assertProblem(
        manager.send("PUT", "/api/v1/nodes/big", "{\"name\": \"big\"}", Map.of()),
        ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({"later", "verified(0)", "verified(101%)"})
  void givenASenselessPromotionThenInvalidRequest(String promotion) throws Exception {
    assertProblem(
        manager.send("PUT", newChannel(), "{\"promotion\": \"%s\"}".formatted(promotion), Map.of()),
        ErrorCode.INVALID_REQUEST);
  }

  @Test
  void givenAReasonThatIsTooLongThenInvalidRequest() throws Exception {
    var path = channel();
    var version = publishFixed(path, 1);
    var body = "{\"version\": \"%s\", \"reason\": \"%s\"}".formatted(version, "x".repeat(501));

    assertProblem(
        manager.send("POST", path + "/reject", body, Map.of()), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void givenManyChannelsThenPagesGiveEachOnce() throws Exception {
    var made = new HashSet<String>();
    for (int i = 0; i < 7; i++) {
      var id = "staging/paging/c" + i;
      made.add(id);
      manager.send("PUT", "/api/v1/channels/" + id, "{}", Map.of());
    }

    var seen = new HashSet<String>();
    var next = "/api/v1/channels?env=staging&limit=3";
    for (int page = 0; page < 3; page++) {
      var answer = body(manager.get(next));
      answer.at("/items").findValuesAsText("id").forEach(id -> assertThat(seen.add(id)).isTrue());
      next = "/api/v1/channels?env=staging&limit=3&cursor=" + answer.at("/next").asText();
    }

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void givenADeletedChannelThenItIsUnknown() throws Exception {
    var path = channel();

    assertThat(manager.send("DELETE", path, "", Map.of()).statusCode()).isEqualTo(204);

    assertProblem(manager.get(path), ErrorCode.UNKNOWN_CHANNEL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /api/v1/channels/prod/a/none | | UNKNOWN_CHANNEL",
        "GET | /api/v1/channels/dev/a/b | | UNKNOWN_ENVIRONMENT",
        "GET | /api/v1/channels/prod/A!/b | | INVALID_REQUEST",
        "GET | /api/v1/channels?limit=0 | | INVALID_REQUEST",
        "GET | /api/v1/channels?limit=many | | INVALID_REQUEST",
        "GET | /api/v1/channels?cursor=%7B | | INVALID_REQUEST",
        "GET | /api/v1/nodes/none | | UNKNOWN_NODE",
        "GET | /api/v1/nodes/none/desired | | UNKNOWN_NODE",
        "GET | /api/v1/instances/none | | UNKNOWN_INSTANCE",
        "GET | /api/v1/instances/none/desired?wait=soon | | INVALID_REQUEST",
        "GET | /api/v1/instances?channel=x | | INVALID_REQUEST",
        "GET | /api/v1/manifests/xyz | | INVALID_REQUEST",
        "GET | /nothing/here | | NOT_FOUND",
        "PUT | /api/v1/channels/prod/a/b | {\"retainReleases\": 0} | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | {\"retainReleases\": \"x\"} | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | {\"maxUnavailable\": \"0\"} | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | {\"versionScheme\": \"x\"} | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | {\"ret | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | [] | INVALID_REQUEST",
        "PUT | /api/v1/channels/prod/a/b | null | INVALID_REQUEST",
        "POST | /api/v1/channels/prod/a/none/releases | {\"template\": {}} | UNKNOWN_CHANNEL",
        "PUT | /api/v1/nodes/n1 | {\"name\": \"n2\"} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b/releases/1 | {\"datasets\": []} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b/releases/1 | {} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b/releases/-1 | {\"channel\": \"prod/a/b\", \"sequence\": -1, \"version\": \"1\", \"publishedAt\": \"2026-11-29T00:00:00Z\", \"datasets\": [{}]} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b/releases/1 | {\"channel\": \"prod/a/b\", \"sequence\": 1, \"version\": \"1\", \"publishedAt\": \"2026-11-29T00:00:00Z\", \"datasets\": [{}]} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b | {} | INVALID_REQUEST",
        "PUT | /api/v1/state/channels/prod/a/b | {\"settings\": {}, \"lastSequence\": 0} | INVALID_REQUEST",
        "PUT | /api/v1/state/manifests/xyz | {\"count\": 1} | INVALID_REQUEST",
        "PUT | /api/v1/state/manifests/33591b1d40e95c4014b1baa5d30050a1cfb3b8f18fc12b0cfab8b73456e378e2 | {\"count\": -1} | INVALID_REQUEST",
        "PUT | /api/v1/nodes/n1 | {} | INVALID_REQUEST",
        "POST | /api/v1/nodes/none/report | {} | INVALID_REQUEST",
        "PUT | /api/v1/instances/i1 | {\"id\": \"i2\"} | INVALID_REQUEST"
      })
  void givenAWrongCallThenAProblemWithAStableCode(
      String method, String path, String body, ErrorCode code) throws Exception {
    assertProblem(manager.send(method, path, body == null ? "" : body, Map.of()), code);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/channels?limit=many, limit 'many' is not a whole number",
    "GET, /api/v1/nodes?limit=99999999999, limit '99999999999' is not a number from",
    "GET, /api/v1/nodes/n1/desired?since=x&wait=1s, since 'x' is not a whole number",
    "GET, /api/v1/instances/i1/endpoint?unless=ready, unless 'ready' is none of UNKNOWN",
    "GET, /api/v1/uptime?days=1.5, days '1.5' is not a whole number",
    "GET, /api/v1/state/channels/prod/a/b/releases/first, sequence 'first' is not a whole number"
  })
  void givenAParameterOfTheWrongFormThenItIsNamedWithWhatWasGiven(
      String method, String path, String expected) throws Exception {
    var problem =
        assertProblem(manager.send(method, path, "", Map.of()), ErrorCode.INVALID_REQUEST);

    assertThat(problem.detail()).startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT | | {\"maxUnavailible\": 2} | maxUnavailible",
        "PUT | | {\"scopes\": [{\"name\": \"eu\", \"nodeSelector\": {\"r\": \"eu\"}, \"promotoin\": \"manual\"}]} | scopes.[0].promotoin",
        "POST | /releases | {\"template\": {}, \"sameVersoin\": true} | sameVersoin",
        "POST | /plan | {\"template\": {}, \"sameVersoin\": true} | sameVersoin",
        "POST | /republish | {\"version\": \"1.0\", \"form\": \"prod/a/b\"} | form",
        "PUT | /pin | {\"version\": \"1.0\", \"scpoe\": \"eu\"} | scpoe",
        "POST | /rollback | {\"too\": \"1.0\"} | too",
        "POST | /promote | {\"versions\": \"1.0\"} | versions",
        "POST | /reject | {\"version\": \"1.0\", \"reasons\": \"x\"} | reasons"
      })
  void givenAnUnknownFieldInWhatPeopleSendThenItIsRefusedByItsName(
      String method, String below, String body, String field) throws Exception {
    var path = channel();
    var before = body(manager.get(path));

    var refused = manager.send(method, path + (below == null ? "" : below), body, Map.of());

    var problem = assertProblem(refused, ErrorCode.INVALID_REQUEST);
    assertThat(problem.detail()).contains("unknown field '%s'".formatted(field), "did you mean");
    assertThat(problem.context()).containsEntry("field", field);
    assertThat(body(manager.get(path))).isEqualTo(before);
  }

  @Test
  void givenUnknownFieldsInWhatNewerAgentsSendThenTheyArePassedOver() throws Exception {
    var node = "/api/v1/nodes/newer-1";
    var instance = "/api/v1/instances/newer-1";
    var registered =
        List.of(
            manager.send(
                "PUT",
                node,
                "{\"name\": \"newer-1\", \"labels\": {}, \"dataRoot\": \"/d\", \"agentVersion\": \"9\", \"later\": {\"x\": [1]}}",
                Map.of()),
            manager.send(
                "PUT",
                instance,
                "{\"id\": \"newer-1\", \"channel\": \"prod/search/none\", \"node\": \"newer-1\", \"later\": 1}",
                Map.of()));
    var reported =
        List.of(
            manager.send(
                "POST",
                node + "/report",
                "{\"epoch\": 0, \"settled\": true, \"disk\": {\"total\": 10, \"free\": 5, \"later\": 1}, \"datasets\": [], \"later\": 1}",
                Map.of()),
            manager.send(
                "POST",
                instance + "/report",
                "{\"epoch\": 0, \"state\": \"WAITING\", \"ready\": false, \"loaded\": {}, \"released\": false, \"later\": 1}",
                Map.of()));

    assertThat(registered).allMatch(answer -> answer.statusCode() == 200);
    assertThat(reported).allMatch(answer -> answer.statusCode() == 204);
  }

  /** Which clients' own parsers refuse. */
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/channels?cursor=%%%, '%%% in the query'",
    "GET, /api/v1/channels/prod/%zz/x, '%zz in the path'",
    "GET, /api/v1/channels/prod/a/x%, '% in the path'",
    "PUT, /api/v1/channels/prod/a/%x, '%x in the path'",
    "GET, /%, '% in the path'",
    "GET, /q/health?%, '% in the query'",
    "GET, /api/v1/channels?env={x}, '{ in the query'"
  })
  void givenAMalformedPathOrQueryThenAProblemThatNamesWhere(
      String method, String target, String named) throws Exception {
    var answer = raw("%s %s HTTP/1.1\r\nHost: m\r\nContent-Length: 0".formatted(method, target));

    assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase(Problem.MEDIA_TYPE);
    var problem = json.readValue(answer.substring(answer.indexOf("\r\n\r\n")), Problem.class);
    assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(problem.detail().replace("'", "")).contains(named);
  }

  private String raw(String head) throws IOException {
    try (var socket = new Socket(manager.address().getHost(), manager.address().getPort())) {
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void givenTheWrongMethodOrMediaTypeThenAProblemWithThatStatus() throws Exception {
    var path = channel();

    var method = manager.send("PATCH", path, "{}", Map.of());
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    var type = manager.send("PUT", path, "{}", Map.of("Content-Type", "text/plain"));
    assertThat(type.statusCode()).isEqualTo(415);
    assertThat(type.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
  }

  @Test
  void givenABodyThatIsTooLargeThenRefusedAndTheManagerLives() throws Exception {
    var large = "{\"x\": \"%s\"}".formatted("x".repeat(5 * 1024 * 1024));

    assertProblem(manager.send("PUT", newChannel(), large, Map.of()), ErrorCode.REQUEST_TOO_LARGE);
    assertThat(manager.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void givenANodeThenItIsRegisteredHeardAndForgotten() throws Exception {
    var registration =
        "{\"name\": \"node-1\", \"labels\": {\"disk\": \"ssd\"}, \"dataRoot\": \"/var/lib/hydra\", \"agentVersion\": \"1\"}";

    assertThat(manager.send("PUT", "/api/v1/nodes/node-1", registration, Map.of()).statusCode())
        .isEqualTo(200);
    var report =
        "{\"epoch\": 0, \"settled\": true, \"disk\": {\"total\": 10, \"free\": 5}, \"datasets\": []}";
    assertThat(manager.send("POST", "/api/v1/nodes/node-1/report", report, Map.of()).statusCode())
        .isEqualTo(204);
    var view = body(manager.get("/api/v1/nodes/node-1"));
    assertThat(view.at("/registration/labels/disk").asText()).isEqualTo("ssd");
    assertThat(view.at("/report/disk/free").asInt()).isEqualTo(5);
    assertThat(manager.send("DELETE", "/api/v1/nodes/node-1", "", Map.of()).statusCode())
        .isEqualTo(204);
    assertProblem(manager.get("/api/v1/nodes/node-1"), ErrorCode.UNKNOWN_NODE);
  }

  /** The same bytes are taken without being read, anything else goes the long way. */
  @Test
  void givenReportsOfTheSameBytesThenEachCounts() throws Exception {
    var node = "/api/v1/nodes/repeats";
    var registration =
        "{\"name\": \"repeats\", \"labels\": {}, \"dataRoot\": \"/d\", \"agentVersion\": \"1\"}";
    var free =
        "{\"epoch\": 0, \"settled\": true, \"disk\": {\"total\": 10, \"free\": %s}, \"datasets\": []}";
    var five = free.formatted("5");
    manager.send("PUT", node, registration, Map.of());
    assertReported(node, five);
    var first = heard(node);
    do {
      assertReported(node, five);
    } while (!heard(node).isAfter(first));
    assertReported(node, free.formatted("6"));
    assertThat(body(manager.get(node)).at("/report/disk/free").asInt()).isEqualTo(6);
    assertReported(node, five);
    assertThat(body(manager.get(node)).at("/report/disk/free").asInt()).isEqualTo(5);
    // More than is read at once.
    assertReported(node, free.formatted("7") + " ".repeat(600_000));
    assertThat(body(manager.get(node)).at("/report/disk/free").asInt()).isEqualTo(7);
    assertReported(node, five);
    assertThat(
            manager
                .send("POST", node + "/report", five, Map.of("Content-Type", "text/plain"))
                .statusCode())
        .isEqualTo(415);

    manager.send("DELETE", node, "", Map.of());
    assertProblem(manager.send("POST", node + "/report", five, Map.of()), ErrorCode.UNKNOWN_NODE);
    manager.send("PUT", node, registration, Map.of());
    assertReported(node, five);
    assertThat(body(manager.get(node)).path("connection").asText()).isEqualTo("CONNECTED");
  }

  private void assertReported(String node, String report) throws Exception {
    assertThat(manager.send("POST", node + "/report", report, Map.of()).statusCode())
        .isEqualTo(204);
  }

  private Instant heard(String node) throws Exception {
    return Instant.parse(body(manager.get(node)).path("lastHeard").asText());
  }

  @Test
  void givenAConnectedInstanceThenItIsForgottenByForceOnly() throws Exception {
    var path = "/api/v1/instances/connected-1";
    var registration =
        "{\"id\": \"connected-1\", \"channel\": \"prod/search/none\", \"node\": \"node-7\"}";
    assertThat(manager.send("PUT", path, registration, Map.of()).statusCode()).isEqualTo(200);
    var report =
        "{\"epoch\": 0, \"state\": \"WAITING\", \"ready\": false, \"loaded\": {}, \"released\": false}";
    assertThat(manager.send("POST", path + "/report", report, Map.of()).statusCode())
        .isEqualTo(204);

    var problem = assertProblem(manager.send("DELETE", path, "", Map.of()), ErrorCode.IN_USE);

    assertThat(problem.detail()).contains("connected-1 is connected", "--force");
    assertThat(manager.send("DELETE", path + "?force=true", "", Map.of()).statusCode())
        .isEqualTo(204);
    assertProblem(manager.get(path), ErrorCode.UNKNOWN_INSTANCE);
  }

  @Test
  void givenALongPollWhenTheManagerIsToldToStopThenItEndsWithinSeconds(@TempDir Path directory)
      throws Exception {
    try (var stopping = ManagerProcess.start(directory, Map.of())) {
      stopping.send(
          "PUT",
          "/api/v1/nodes/n",
          "{\"name\": \"n\", \"labels\": {}, \"dataRoot\": \"/d\", \"agentVersion\": \"1\"}",
          Map.of());
      var poll =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return stopping.get(
                      "/api/v1/nodes/n/desired?since=%d&wait=30s".formatted(Long.MAX_VALUE));
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      var _ = stopping.get("/api/v1/nodes/n");

      assertThat(stopping.stop(Duration.ofSeconds(10))).isTrue();
      assertThat(stopping.exitValue()).isEqualTo(143);
      poll.handle((answer, failure) -> "either will do").get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void givenTheStoreIsInUseThenASecondManagerEndsAndSaysWhyInOneLine(@TempDir Path directory)
      throws Exception {
    try (var _ = ManagerProcess.start(directory, Map.of())) {
      assertDoesNotStart(directory, ErrorCode.UNAVAILABLE, "in use by another manager");
    }
  }

  @Test
  void givenADamagedStoreThenTheManagerEndsAndSaysWhyInOneLine(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("manager.mv"), "no store at all".repeat(1000));

    assertDoesNotStart(directory, ErrorCode.STORAGE_FAILED, "restore it from a backup");
  }

  @Test
  void givenAStoreOlderThanItsWatermarkThenTheManagerEndsAndSaysWhyInOneLine(
      @TempDir Path directory) throws Exception {
    EmbeddedStore.open(directory.resolve("manager.mv")).close();
    Files.writeString(directory.resolve("manager.mv.revision"), "%019d\n".formatted(7));

    assertDoesNotStart(directory, ErrorCode.STORAGE_FAILED, "has lost its newest state");
  }

  private static void assertDoesNotStart(Path directory, ErrorCode code, String why)
      throws Exception {
    var log = directory.resolve("refused.log");
    var refused = ManagerProcess.spawn(directory, Map.of(), log);

    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .startsWith("hydra-manager: " + code + ": ")
        .contains(why);
  }

  private JsonNode body(HttpResponse<String> response) throws IOException {
    return json.readTree(response.body());
  }

  private Problem assertProblem(HttpResponse<String> response, ErrorCode code) throws IOException {
    assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    var problem = json.readValue(response.body(), Problem.class);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.status()).isEqualTo(response.statusCode()).isEqualTo(code.status());
    return problem;
  }
}
