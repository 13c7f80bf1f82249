package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.Promotion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Explanation;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.Page;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PromoteRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RejectRequest;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RepublishRequest;
import io.hydra.wire.RollbackRequest;
import io.hydra.wire.ScopeView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that reads or changes a channel asks the right thing and shows the answer. */
class ChannelsIT {
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
            "--promotion",
            "verified(50%)",
            "--retain-for",
            "30d",
            "--budget",
            "disk=100GiB,ram=8GiB",
            "-o",
            "json");

    assertThat(result.json(new TypeReference<ChannelView>() {})).isEqualTo(VIEW);
    assertThat(manager.requests("PUT", CHANNEL).getFirst().body())
        .isEqualTo(
            "{\"versionScheme\":\"DOTTED\",\"retainReleases\":5,\"retainOnNode\":3,"
                + "\"nodeSelector\":{\"disk\":\"nvme\"},\"progressDeadline\":\"PT1H30M\",\"promotion\":\"verified(50%)\",\"retainFor\":\"PT720H\","
                + "\"budget\":{\"disk\":107374182400,\"ram\":8589934592}}");
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
        .isEqualTo(new PinRequest(Samples.FIRST.version(), Optional.empty()));
  }

  private static final ScopeName EU = ScopeName.of("eu");

  /** Its scope is pinned to the first release and has the second as its head. */
  private static final ChannelView SCOPED =
      new ChannelView(
          VIEW.id(),
          ChannelSettings.builder()
              .scopes(new Scope(EU, Map.of("region", "eu"), Optional.of(Promotion.MANUAL)))
              .build()
              .over(VIEW.settings()),
          Optional.of(Samples.THIRD),
          Optional.empty(),
          Optional.of(Samples.THIRD),
          Optional.empty(),
          List.of(
              new ScopeView(
                  EU,
                  Optional.of(Samples.SECOND),
                  Optional.of(Samples.FIRST),
                  Optional.of(Samples.FIRST),
                  Optional.of(Samples.THIRD))),
          7);

  @Test
  void pinOfAScopeNamesItAndTellsOfItsPin() {
    manager.on("PUT", CHANNEL + "/pin", SCOPED);

    var result = hydra.run("pin", "2026-11-01T09-00-00", "--scope", "eu");

    assertThat(result.out())
        .contains(
            "scope eu of prod/search/searcher is pinned to #1 2026-11-01T09-00-00",
            "`hydra unpin --scope eu` lets go");
    assertThat(manager.requests().getFirst().bodyAs(PinRequest.class).scope()).contains(EU);
  }

  @Test
  void promoteInAScopeTellsOfItsHeadAndThatItIsPinned() {
    manager.on("POST", CHANNEL + "/promote", SCOPED);

    var result = hydra.run("promote", "--scope", "eu");

    assertThat(result.out())
        .contains("#2 2026-11-08T09-00-00 is the head of scope eu of prod/search/searcher");
    assertThat(result.err()).contains("the scope is pinned to #1", "hydra unpin --scope eu");
    assertThat(manager.requests().getFirst().bodyAs(PromoteRequest.class).scope()).contains(EU);
  }

  @Test
  void rollbackOfAScopeNamesIt() {
    manager.on("GET", CHANNEL, SCOPED).on("POST", CHANNEL + "/rollback", SCOPED);

    var result = hydra.run("rollback", "--scope", "eu");

    assertThat(result.out()).contains("scope eu of prod/search/searcher goes to #2");
    assertThat(manager.requests().getLast().bodyAs(RollbackRequest.class).scope()).contains(EU);
  }

  @Test
  void unpinOfAScopeAsksForItsPinAlone() {
    manager.on("DELETE", CHANNEL + "/pin", SCOPED);

    hydra.run("unpin", "--scope", "eu");

    assertThat(manager.requests().getFirst().query()).containsEntry("scope", "eu");
  }

  @Test
  void aChannelIsShownWithItsScopes() {
    manager.on("GET", CHANNEL, SCOPED);

    assertThat(hydra.run("channels", "show", "prod/search/searcher").out())
        .containsPattern("scope eu +eu:region=eu:manual")
        .containsPattern("in eu +head #2 .*, pinned to #1 .*, staged #3");
  }

  @Test
  void channelsSetReadsScopes() {
    manager.on("GET", CHANNEL, VIEW).on("PUT", CHANNEL, VIEW);

    hydra.run(
        "channels",
        "set",
        "prod/search/searcher",
        "--scope",
        "eu:region=eu,disk=nvme:verified(50%)",
        "--scope",
        "canary:pool=canary");

    assertThat(manager.requests("PUT", CHANNEL).getFirst().ifMatch())
        .contains("\"%d\"".formatted(VIEW.revision()));
    assertThat(manager.requests("PUT", CHANNEL).getFirst().bodyAs(ChannelSettings.class))
        .isEqualTo(
            ChannelSettings.builder()
                .scopes(
                    new Scope(
                        EU,
                        Map.of("region", "eu", "disk", "nvme"),
                        Optional.of(Promotion.parse("verified(50%)"))),
                    new Scope(ScopeName.of("canary"), Map.of("pool", "canary"), Optional.empty()))
                .build());
  }

  @Test
  void aScopeThatIsNoneIsRefusedWithAnExample() {
    var result = hydra.run("channels", "set", "prod/search/searcher", "--scope", "eu");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("eu:region=eu:manual");
  }

  @Test
  void unpinSaysWhatTheHeadIs() {
    manager.on("DELETE", CHANNEL + "/pin", VIEW);

    var result = hydra.run("unpin");

    assertThat(result.out()).contains("#2 2026-11-08T09-00-00");
  }

  private static final HeadChange CHANGE =
      new HeadChange(
          Samples.NOON,
          "ann",
          Cause.ROLLED_BACK,
          Optional.of(Samples.FIRST),
          Optional.empty(),
          Optional.empty());

  @Test
  void historyShowsWhoChangedWhat() {
    manager.on("GET", CHANNEL + "/history", Samples.page(CHANGE));

    var result = hydra.run("history");

    assertThat(result.out().lines())
        .anyMatch(
            line ->
                line.contains("rolled back")
                    && line.contains("#1 2026-11-01T09-00-00")
                    && line.endsWith("ann"));
    assertThat(hydra.run("history", "-o", "json").json(new TypeReference<Page<HeadChange>>() {}))
        .isEqualTo(Samples.page(CHANGE));
  }

  @Test
  void historyAtATimeAsksForThatOnly() {
    var then = new HeadAt(Samples.NOON.plusSeconds(5), Optional.of(Samples.FIRST), CHANGE);
    manager.on("GET", CHANNEL + "/head", then);

    var result = hydra.run("history", "--at", "2026-11-22T13:00:05+01:00");

    assertThat(result.out()).contains("should be on #1 2026-11-01T09-00-00: rolled back", "by ann");
    assertThat(manager.requests().getFirst().query()).containsEntry("at", "2026-11-22T12:00:05Z");
    assertThat(
            hydra
                .run("history", "--at", "2026-11-22T13:00:05+01:00", "-o", "json")
                .json(new TypeReference<HeadAt>() {}))
        .isEqualTo(then);
  }

  @Test
  void republishSendsWhatIsGivenWithAKey() {
    manager.on(
        "POST", CHANNEL + "/republish", new PublishResult(Samples.release(Samples.THIRD), true));

    var result =
        hydra.run(
            "republish",
            "2026-11-01T09-00-00",
            "--from",
            "stage/search/searcher",
            "--as",
            "2026-11-15T09-00-00");

    assertThat(result.out()).contains("published #3 2026-11-15T09-00-00");
    var request = manager.requests().getFirst();
    assertThat(request.key()).isPresent();
    assertThat(request.bodyAs(RepublishRequest.class))
        .isEqualTo(
            new RepublishRequest(
                Samples.FIRST.version(),
                Optional.of(ChannelId.parse("stage/search/searcher")),
                Optional.of(Samples.THIRD.version()),
                false));
  }

  @Test
  void promoteLeavesTheChoiceToTheManager() {
    manager.on("POST", CHANNEL + "/promote", VIEW);

    var result = hydra.run("promote");

    assertThat(result.out()).contains("#2 2026-11-08T09-00-00 is the head");
    assertThat(manager.requests().getFirst().bodyAs(PromoteRequest.class))
        .isEqualTo(new PromoteRequest(Optional.empty(), Optional.empty()));
  }

  @Test
  void promoteSendsTheVersion() {
    manager.on("POST", CHANNEL + "/promote", VIEW);

    var result = hydra.run("promote", "2026-11-08T09-00-00", "-o", "json");

    assertThat(result.json(new TypeReference<ChannelView>() {})).isEqualTo(VIEW);
    assertThat(manager.requests().getFirst().bodyAs(PromoteRequest.class))
        .isEqualTo(new PromoteRequest(Optional.of(Samples.SECOND.version()), Optional.empty()));
  }

  @Test
  void rejectSendsTheVersionAndTheReason() {
    manager.on("POST", CHANNEL + "/reject", VIEW);

    var result = hydra.run("reject", "2026-11-15T09-00-00", "--reason", "wrong languages");

    assertThat(result.out()).contains("2026-11-15T09-00-00 is rejected", "#2");
    assertThat(manager.requests().getFirst().bodyAs(RejectRequest.class))
        .isEqualTo(new RejectRequest(Samples.THIRD.version(), Optional.of("wrong languages")));
    assertThat(hydra.run("reject").exitCode()).isEqualTo(2);
  }

  @Test
  void statusSaysWhatAStagedReleaseWaitsFor() {
    manager.on("GET", CHANNEL + "/status", Samples.staged(Promotion.MANUAL));

    assertThat(hydra.run("status").out()).contains("staged   release #3");
  }

  @Test
  void rollbackLeavesTheChoiceToTheManagerFromWhereTheChannelIs() {
    manager
        .on("GET", CHANNEL, VIEW)
        .on(
            "POST",
            CHANNEL + "/rollback",
            Samples.channel(Optional.of(Samples.FIRST), Optional.empty()));

    var result = hydra.run("rollback");

    assertThat(result.out()).contains("goes to #1 2026-11-01T09-00-00");
    var request = manager.requests("POST", CHANNEL + "/rollback").getFirst();
    assertThat(request.bodyAs(RollbackRequest.class))
        .isEqualTo(new RollbackRequest(Optional.empty(), Optional.empty()));
    assertThat(request.ifMatch()).contains("\"%d\"".formatted(VIEW.revision()));
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
        .isEqualTo(new RollbackRequest(Optional.of(Samples.FIRST.version()), Optional.empty()));
  }

  @Test
  void rollbackIsNotRepeatedWhenItFails() {
    manager.on("GET", CHANNEL, VIEW).on("POST", CHANNEL + "/rollback", ErrorCode.INTERNAL);

    var result = hydra.run("rollback");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(manager.requests("POST", CHANNEL + "/rollback")).hasSize(1);
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
}
