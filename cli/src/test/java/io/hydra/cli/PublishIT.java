package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.model.DataTemplate;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Eviction;
import io.hydra.wire.Fit;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.NodeOutlook;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.ReleasePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code publish} sends what is written and shows what the manager made of it. */
class PublishIT {
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
  void planShowsWhatWouldComeAndFailsWhenAskedToCheck() {
    var fits =
        new NodeOutlook(
            NodeName.of("n1"),
            Fit.AFTER_EVICTION,
            "when what nobody wants is evicted",
            3L << 30,
            1L << 30,
            0,
            List.of(new Eviction(Samples.DIGEST, 2L << 30)),
            Optional.of(Duration.ofMillis(61_200)));
    var full =
        new NodeOutlook(
            NodeName.of("n2"), Fit.DISK_FULL, "too small", 5, 1, 0, List.of(), Optional.empty());
    var instance =
        new InstanceOutlook(
            InstanceId.of("a"),
            NodeName.of("n1"),
            Optional.of(Samples.FIRST),
            true,
            "is drained and reloads");
    var plan =
        new ReleasePlan(
            Samples.release(Samples.SECOND),
            true,
            "1 of 2 nodes can hold it",
            List.of(fits, full),
            List.of(instance),
            1,
            Optional.empty());
    manager.on("POST", CHANNEL + "/plan", plan, plan, plan);

    var told = hydra.runWithInput("a: {SourcePath: s3://m/a/}", "plan", "-");
    assertThat(told.exitCode()).isZero();
    assertThat(told.out())
        .contains("2026-11-08T09-00-00 would be a new release", "3.0 GiB", "1 (2.0 GiB)", "1m2s")
        .contains("DISK_FULL", "too small", "is drained and reloads", "after ?");
    var checked = hydra.runWithInput("a: {SourcePath: s3://m/a/}", "plan", "-", "--check");
    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.err()).contains("DOES_NOT_FIT", "1 of 2 nodes");
    var json = hydra.runWithInput("a: {SourcePath: s3://m/a/}", "plan", "-", "-o", "json");
    assertThat(json.json(new TypeReference<ReleasePlan>() {})).isEqualTo(plan);
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
  void publishHasTheManagerCreateTheChannelWhenAskedTo() {
    manager
        .on("GET", CHANNEL, ErrorCode.UNKNOWN_CHANNEL)
        .on("POST", CHANNEL + "/releases", new PublishResult(Samples.release(Samples.FIRST), true));

    var result =
        hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-", "--create-channel");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("channel prod/search/searcher created");
    assertThat(published().createChannel()).isTrue();
  }

  @Test
  void aDryRunTellsThatTheChannelWouldBeCreated() {
    manager
        .on("GET", CHANNEL, ErrorCode.UNKNOWN_CHANNEL)
        .on(
            "POST",
            CHANNEL + "/releases",
            new PublishResult(Samples.release(Samples.FIRST), false));

    var result =
        hydra.runWithInput(
            "a: {SourcePath: s3://m/a/}", "publish", "-", "--create-channel", "--dry-run");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("channel prod/search/searcher would be created");
    assertThat(published()).matches(PublishRequest::createChannel).matches(PublishRequest::dryRun);
  }

  @Test
  void aRefusedPublishDoesNotSayThatAChannelWasCreated() {
    manager
        .on("GET", CHANNEL, ErrorCode.UNKNOWN_CHANNEL)
        .on("POST", CHANNEL + "/releases", ErrorCode.SOURCE_MISSING);

    var result =
        hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-", "--create-channel");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("SOURCE_MISSING").doesNotContain("created");
    assertThat(manager.requests("PUT", CHANNEL)).isEmpty();
  }

  @Test
  void aChannelThatExistsIsNotCreated() {
    manager
        .on("GET", CHANNEL, VIEW)
        .on(
            "POST",
            CHANNEL + "/releases",
            new PublishResult(Samples.release(Samples.SECOND), true));

    var result =
        hydra.runWithInput("a: {SourcePath: s3://m/a/}", "publish", "-", "--create-channel");

    assertThat(result.err()).doesNotContain("created");
    assertThat(published().createChannel()).isFalse();
  }

  private PublishRequest published() {
    return manager.requests("POST", CHANNEL + "/releases").getFirst().bodyAs(PublishRequest.class);
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
}
