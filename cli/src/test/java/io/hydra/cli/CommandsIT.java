package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DataTemplate;
import io.hydra.model.MaxUnavailable;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Explanation;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RollbackRequest;
import io.hydra.wire.RolloutPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command asks the manager the right thing and shows its answer. */
class CommandsIT {
  private static final String CHANNEL = "/channels/prod/search/searcher";
  private static final ChannelView VIEW =
      Samples.channel(Optional.of(Samples.SECOND), Optional.empty());

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHomeWithDefaults(@TempDir Path home) {
    hydra =
        new Program(home)
            .with("HYDRA_MANAGER", manager.address())
            .with("HYDRA_NAMESPACE", "search")
            .with("HYDRA_RELEASE", "searcher");
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void channelsAloneListsAllPagesAsJson() {
    manager.on(
        "GET", "/channels", new Page<>(List.of(VIEW), Optional.of("next")), Samples.page(VIEW));

    var result = hydra.run("channels", "-o", "json");

    assertThat(result.json(new TypeReference<Page<ChannelView>>() {}))
        .isEqualTo(Samples.page(VIEW, VIEW));
    assertThat(manager.requests().get(1).query()).containsEntry("cursor", "next");
  }

  @Test
  void channelsListNarrowsByWhatIsGivenOnly() {
    manager.on("GET", "/channels", Samples.page(VIEW));

    var result = hydra.run("channels", "list", "--env", "prod");

    assertThat(result.out()).contains("prod/search/searcher", "#2 2026-11-08T09-00-00");
    assertThat(manager.requests().getFirst().query())
        .containsEntry("env", "prod")
        .doesNotContainKey("namespace");
  }

  @Test
  void channelsShowTakesTheNameAsListsShowIt() {
    manager.on("GET", "/channels/stage/x/y", VIEW);

    var result = hydra.run("channels", "show", "stage/x/y", "-o", "yaml");

    assertThat(result.yaml(new TypeReference<ChannelView>() {})).isEqualTo(VIEW);
  }

  @Test
  void channelsCreateSendsOnlyTheSettingsThatAreGiven() {
    manager.on("GET", CHANNEL, ErrorCode.UNKNOWN_CHANNEL).on("PUT", CHANNEL, VIEW);

    var result =
        hydra.run("channels", "create", "prod/search/searcher", "--max-unavailable", "25%");

    assertThat(result.exitCode()).isZero();
    assertThat(manager.requests("PUT", CHANNEL).getFirst().bodyAs(ChannelSettings.class))
        .isEqualTo(
            new ChannelSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(MaxUnavailable.parse("25%")),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void channelsCreateLeavesAnExistingChannelAlone() {
    manager.on("GET", CHANNEL, VIEW);

    var result = hydra.run("channels", "create", "prod/search/searcher");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("CONFLICT", "hydra channels set prod/search/searcher");
    assertThat(manager.requests("PUT", CHANNEL)).isEmpty();
  }

  @Test
  void channelsSetReadsEverySetting() {
    manager.on("GET", CHANNEL, VIEW).on("PUT", CHANNEL, VIEW);

    var result =
        hydra.run(
            "channels",
            "set",
            "--version-scheme",
            "dotted",
            "--retain-releases",
            "5",
            "--retain-on-node",
            "3",
            "--node-selector",
            "disk=nvme",
            "--progress-deadline",
            "1h30m",
            "-o",
            "json");

    assertThat(result.json(new TypeReference<ChannelView>() {})).isEqualTo(VIEW);
    assertThat(manager.requests("PUT", CHANNEL).getFirst().body())
        .isEqualTo(
            "{\"versionScheme\":\"DOTTED\",\"retainReleases\":5,\"retainOnNode\":3,"
                + "\"nodeSelector\":{\"disk\":\"nvme\"},\"progressDeadline\":\"PT1H30M\"}");
  }

  @Test
  void channelsDeleteWantsTheNameAndNoDefault() {
    manager.onNoContent("DELETE", CHANNEL);

    assertThat(hydra.run("channels", "delete").exitCode()).isEqualTo(2);
    assertThat(manager.requests()).isEmpty();
    assertThat(hydra.run("channels", "delete", "prod/search/searcher").exitCode()).isZero();
    assertThat(manager.requests("DELETE", CHANNEL)).hasSize(1);
  }

  @Test
  void releasesShowsWhichIsHeadAndWhichWasRejected() {
    manager.on(
        "GET",
        CHANNEL + "/releases",
        Samples.page(
            Samples.view(Samples.SECOND, false, Optional.of("searcher-1 failed")),
            Samples.view(Samples.FIRST, true, Optional.empty())));

    var result = hydra.run("releases");

    assertThat(result.out().lines())
        .anyMatch(line -> line.startsWith("2") && line.endsWith("rejected: searcher-1 failed"))
        .anyMatch(
            line -> line.startsWith("1") && line.contains("12.0 MiB") && line.endsWith("head"));
  }

  @Test
  void releasesAsJsonAreTheRecords() {
    var page = Samples.page(Samples.view(Samples.FIRST, true, Optional.empty()));
    manager.on("GET", CHANNEL + "/releases", page);

    var result = hydra.run("releases", "-o", "json");

    assertThat(result.json(new TypeReference<Page<ReleaseView>>() {})).isEqualTo(page);
  }

  @Test
  void statusShowsNodesInstancesAndTheReason() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling());

    var result = hydra.run("status");

    assertThat(result.out())
        .contains("ROLLING  1 of 2 on target, 1 ready", "searcher-2 moves to #2")
        .contains("[########............]  44%", "5.4 MiB of 12.0 MiB")
        .contains("#1 2026-11-01T09-00-00 → #2 2026-11-08T09-00-00")
        .doesNotContain("\u001b");
  }

  @Test
  void statusAsJsonIsTheRecord() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling());

    var result = hydra.run("status", "-o", "json");

    assertThat(result.json(new TypeReference<ChannelStatus>() {})).isEqualTo(Samples.rolling());
  }

  @Test
  void pinSendsTheVersion() {
    var pinned = Samples.channel(Optional.of(Samples.SECOND), Optional.of(Samples.FIRST));
    manager.on("PUT", CHANNEL + "/pin", pinned);

    var result = hydra.run("pin", "2026-11-01T09-00-00", "-o", "json");

    assertThat(result.json(new TypeReference<ChannelView>() {})).isEqualTo(pinned);
    assertThat(manager.requests().getFirst().bodyAs(PinRequest.class))
        .isEqualTo(new PinRequest(Samples.FIRST.version()));
  }

  @Test
  void unpinSaysWhatTheHeadIs() {
    manager.on("DELETE", CHANNEL + "/pin", VIEW);

    var result = hydra.run("unpin");

    assertThat(result.out()).contains("#2 2026-11-08T09-00-00");
  }

  @Test
  void rollbackLeavesTheChoiceToTheManager() {
    manager.on(
        "POST",
        CHANNEL + "/rollback",
        Samples.channel(Optional.of(Samples.FIRST), Optional.empty()));

    var result = hydra.run("rollback");

    assertThat(result.out()).contains("goes back to #1 2026-11-01T09-00-00");
    assertThat(manager.requests().getFirst().bodyAs(RollbackRequest.class))
        .isEqualTo(new RollbackRequest(Optional.empty()));
  }

  @Test
  void rollbackToAVersionOfAPinnedChannelSaysThatThePinHolds() {
    manager.on(
        "POST",
        CHANNEL + "/rollback",
        Samples.channel(Optional.of(Samples.FIRST), Optional.of(Samples.SECOND)));

    var result = hydra.run("rollback", "--to", "2026-11-01T09-00-00");

    assertThat(result.err()).contains("pinned to #2");
    assertThat(manager.requests().getFirst().bodyAs(RollbackRequest.class))
        .isEqualTo(new RollbackRequest(Optional.of(Samples.FIRST.version())));
  }

  @Test
  void rollbackIsNotRepeatedWhenItFails() {
    manager.on("POST", CHANNEL + "/rollback", ErrorCode.INTERNAL);

    var result = hydra.run("rollback");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(manager.requests()).hasSize(1);
  }

  @Test
  void explainPassesOnWhatIsAskedAbout() {
    var explanation =
        new Explanation("#2 on node-3", "It is not there.", List.of("no room", "really none"));
    manager.on("GET", CHANNEL + "/explain", explanation);

    var result = hydra.run("explain", "--version", "2026-11-08T09-00-00", "--node", "node-3");

    assertThat(result.out().lines())
        .containsExactly("#2 on node-3", "It is not there.", "  - no room", "  - really none");
    assertThat(manager.requests().getFirst().query())
        .isEqualTo(Map.of("version", "2026-11-08T09-00-00", "node", "node-3"));
  }

  @Test
  void explainAsYamlIsTheRecord() {
    var explanation = new Explanation("all: of it", "Yes", List.of("- because"));
    manager.on("GET", CHANNEL + "/explain", explanation);

    var result = hydra.run("explain", "--instance", "searcher-1", "-o", "yaml");

    assertThat(result.yaml(new TypeReference<Explanation>() {})).isEqualTo(explanation);
  }

  @Test
  void nodesListsSpaceAndFaults() {
    manager.on("GET", "/nodes", Samples.page(Samples.node("node-1")));

    var result = hydra.run("nodes");

    assertThat(result.out()).contains("node-1", "512.0 GiB of 1.0 TiB", "1.0 MiB of 1.0 GiB");
  }

  @Test
  void nodesAsJsonAreTheRecords() {
    var page = Samples.page(Samples.node("node-1"));
    manager.on("GET", "/nodes", page);

    var result = hydra.run("nodes", "list", "-o", "json");

    assertThat(result.json(new TypeReference<Page<NodeView>>() {})).isEqualTo(page);
  }

  @Test
  void nodesShowTellsOfEachDataset() {
    manager.on("GET", "/nodes/node-1", Samples.node("node-1"));

    var result = hydra.run("nodes", "show", "node-1");

    assertThat(result.out())
        .contains(
            "disk=nvme, zone=a", Samples.DIGEST.brief(), "INSUFFICIENT_SPACE: no room in RAM");
  }

  @Test
  void nodesForgetDeletes() {
    manager.onNoContent("DELETE", "/nodes/node-9");

    assertThat(hydra.run("nodes", "forget", "node-9").exitCode()).isZero();
    assertThat(manager.requests("DELETE", "/nodes/node-9")).hasSize(1);
  }

  @Test
  void instancesOfOneChannelAreAskedForByItsName() {
    var page = Samples.page(Samples.serving("searcher-1", Samples.FIRST));
    manager.on("GET", "/instances", page);

    var result = hydra.run("instances", "--release", "searcher", "-o", "json");

    assertThat(result.json(new TypeReference<Page<InstanceView>>() {})).isEqualTo(page);
    assertThat(manager.requests().getFirst().query())
        .containsEntry("channel", "prod/search/searcher");
  }

  @Test
  void instancesOfAnotherNamespaceAreLeftOut() {
    manager.on("GET", "/instances", Samples.page(Samples.serving("searcher-1", Samples.FIRST)));

    var result = hydra.run("instances", "list", "-n", "other");

    assertThat(result.out()).doesNotContain("searcher-1");
  }

  @Test
  void instancesShowTellsWhatIsLoaded() {
    manager.on("GET", "/instances/searcher-1", Samples.serving("searcher-1", Samples.FIRST));

    var result = hydra.run("instances", "show", "searcher-1");

    assertThat(result.out()).contains("SERVING", "pos " + Samples.DIGEST.brief());
  }

  @Test
  void instancesForgetDeletes() {
    manager.onNoContent("DELETE", "/instances/searcher-9");

    assertThat(hydra.run("instances", "forget", "searcher-9").exitCode()).isZero();
    assertThat(manager.requests("DELETE", "/instances/searcher-9")).hasSize(1);
  }

  @Test
  void publishSendsTheTemplateAsWrittenAndItsOptions() throws Exception {
    var release = new PublishResult(Samples.release(Samples.SECOND), true);
    manager.on("POST", CHANNEL + "/releases", release);
    Files.writeString(
        hydra.home().resolve("t.yaml"),
        """
        b: {SourcePath: 's3://m/b/{VERSION_PLACEHOLDER}/', Placement: 1}
        a: {SourcePath: s3://m/a/, Placement: disk}
        """);

    var result = hydra.run("publish", "t.yaml", "--same-version", "-o", "json");

    assertThat(result.json(new TypeReference<PublishResult>() {})).isEqualTo(release);
    var request = manager.requests().getFirst();
    assertThat(request.key()).isPresent();
    assertThat(request.bodyAs(PublishRequest.class).sameVersion()).isTrue();
    assertThat(DataTemplate.check(request.bodyAs(PublishRequest.class).template()).entries())
        .extracting(entry -> entry.name() + " " + entry.placement())
        .containsExactly("b RAM", "a DISK");
  }

  @Test
  void publishReadsStdinAndFillsTheVersion() {
    manager.on(
        "POST", CHANNEL + "/releases", new PublishResult(Samples.release(Samples.SECOND), false));

    var result =
        hydra.runWithInput(
            "{\"a\":{\"SourcePath\":\"s3://m/a/\"}}",
            "publish",
            "-",
            "--version",
            "2026-11-08T09-00-00",
            "--dry-run");

    assertThat(result.out()).startsWith("dry run: would publish 2026-11-08T09-00-00");
    var request = manager.requests().getFirst().bodyAs(PublishRequest.class);
    assertThat(request.dryRun()).isTrue();
    assertThat(request.version()).contains(Samples.SECOND.version());
  }

  @Test
  void publishOfTheSameContentSaysSo() {
    manager.on(
        "POST", CHANNEL + "/releases", new PublishResult(Samples.release(Samples.SECOND), false));

    var result = hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-");

    assertThat(result.out()).startsWith("nothing new: #2 2026-11-08T09-00-00");
  }

  @Test
  void publishCreatesTheChannelWhenAskedTo() {
    manager
        .on("GET", CHANNEL, ErrorCode.UNKNOWN_CHANNEL)
        .on("PUT", CHANNEL, VIEW)
        .on("POST", CHANNEL + "/releases", new PublishResult(Samples.release(Samples.FIRST), true));

    var result =
        hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-", "--create-channel");

    assertThat(result.exitCode()).isZero();
    assertThat(manager.requests("PUT", CHANNEL).getFirst().body()).isEqualTo("{}");
  }

  @Test
  void publishIsRepeatedWithTheSameKeyWhileItsFailureMayPass() {
    manager.on(
        "POST",
        CHANNEL + "/releases",
        ErrorCode.SOURCE_UNAVAILABLE,
        ErrorCode.UNAVAILABLE,
        new PublishResult(Samples.release(Samples.FIRST), true));

    var result = hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-");

    assertThat(result.exitCode()).isZero();
    assertThat(manager.requests().stream().map(FakeManager.Request::key).distinct()).hasSize(1);
    assertThat(manager.requests()).hasSize(3);
  }

  @Test
  void templateInitWritesWhatTemplateCheckAccepts() {
    assertThat(hydra.run("template", "init", "t.json").exitCode()).isZero();

    var result = hydra.run("template", "check", "t.json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("dataset_1", "dataset_2", "RAM");
  }

  @Test
  void templateInitReplacesAFileOnlyByForce() {
    var first = hydra.run("template", "init");
    var second = hydra.run("template", "init");
    var third = hydra.run("template", "init", "--force");

    assertThat(List.of(first.exitCode(), second.exitCode(), third.exitCode()))
        .containsExactly(0, 2, 0);
  }

  @Test
  void contextsChooseTheManagerByEnvironment() {
    hydra.with("HYDRA_MANAGER", "");
    manager.on("GET", "/channels/stage/search/searcher/status", Samples.done());
    hydra.run("context", "set", "live", "--manager", "http://127.0.0.1:1", "--environment", "prod");
    hydra.run("context", "set", "test", "--manager", manager.address(), "--environment", "stage");

    var result = hydra.run("status", "--env", "stage", "-o", "json");

    assertThat(result.json(new TypeReference<ChannelStatus>() {}).rollout().phase())
        .isEqualTo(RolloutPhase.DONE);
  }

  @Test
  void contextCommandsKeepTheFile() {
    hydra.run("context", "set", "a", "--manager", "localhost:1", "--environment", "prod,stage");
    hydra.run("context", "set", "b", "--manager", "http://h:2", "-n", "search", "--use");
    hydra.run("context", "set", "a", "--release", "searcher");

    var list = hydra.run("context").out();
    hydra.run("context", "use", "a");
    var shown = hydra.run("context", "show").out();
    hydra.run("context", "delete", "a");

    assertThat(list.lines()).anyMatch(line -> line.startsWith("*  b"));
    assertThat(shown).contains("http://localhost:1", "prod, stage", "searcher");
    assertThat(hydra.run("context", "show").exitCode()).isEqualTo(2);
    assertThat(hydra.run("context", "list", "-o", "json").out()).doesNotContain("\"a\"");
  }

  @Test
  void completionIsAScriptThatBashAccepts() throws Exception {
    var script = hydra.home().resolve("completion.bash");
    Files.writeString(script, hydra.run("completion").out());

    var bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

    assertThat(bash.waitFor()).isZero();
    assertThat(Files.readString(script)).contains("--same-version");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(hydra.run("--version").out()).startsWith("hydra ");
  }
}
