package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.model.DataTemplate;
import io.hydra.wire.ChannelView;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import java.nio.file.Files;
import java.nio.file.Path;
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
