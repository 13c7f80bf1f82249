package io.hydra.manager.publish;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.SEARCHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Samples;
import io.hydra.manager.channel.StoredChannels;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InlineFile;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.model.VersionScheme;
import io.hydra.tls.ClientTls;
import io.hydra.wire.HydraJson;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RepublishRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The rules of publishing, against a real store and an S3 server that is not. */
class PublisherTest {
  private static final ChannelId NOT_YET = ChannelId.parse("prod/search/not-yet");
  private static final String OLD = "2026-11-01T00-00-00";
  private static final String NEW = "2026-11-02T00-00-00";
  private static final Map<String, TemplateDataset> TWO =
      template(
          Map.of(
              "index", "s3://b/index/{VERSION_PLACEHOLDER}/",
              "model", "s3://b/model/{VERSION_PLACEHOLDER}/model.bin"));

  private final FakeS3 s3 = new FakeS3();
  private final S3Client client = new S3Clients(Settings.s3(s3.endpoint())).client();
  private final ChannelStore store;
  private final StoredChannels channels;
  private final Publisher publisher;
  private final Republisher republisher;

  PublisherTest(@TempDir Path directory) {
    store = EmbeddedStore.open(directory.resolve("manager.mv"));
    channels = new StoredChannels(store, () -> Set.of("prod"), HydraJson.mapper());
    channels.create(Samples.empty(SEARCHER));
    var allowed = Settings.sources(Set.of("*"), Set.of());
    var sources =
        new Sources(new S3Source(client, allowed, ClientTls.NONE), new FileSource(allowed));
    var appender = new Appender(channels, HydraJson.mapper());
    publisher =
        new Publisher(
            channels,
            new VersionResolver(sources),
            sources,
            appender,
            Clock.fixed(NOW, ZoneOffset.UTC));
    republisher = new Republisher(channels, appender, Clock.fixed(NOW, ZoneOffset.UTC));
    s3.bucket("b");
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
    s3.close();
  }

  private void upload(String version) {
    s3.put("b", "index/" + version + "/part-0", "index of " + version)
        .put("b", "index/" + version + "/part-1", "more of " + version)
        .put("b", "model/" + version + "/model.bin", "model of " + version);
  }

  @Test
  void givenSeveralVersionsThenTheNewestOfEachIsPublishedWithItsManifest() {
    upload(OLD);
    upload(NEW);

    var result = publish(TWO);

    assertThat(result.created()).isTrue();
    assertThat(result.release().version()).isEqualTo(new ReleaseVersion(NEW));
    assertThat(result.release().datasets())
        .extracting(ReleaseDataset::source)
        .containsExactlyInAnyOrder(
            "s3://b/index/" + NEW + "/", "s3://b/model/" + NEW + "/model.bin");
    for (var dataset : result.release().datasets()) {
      assertThat(channels.manifest(dataset.digest()).files()).hasSize(dataset.files());
    }
    assertThat(channel().head()).contains(1L);
  }

  @Test
  void givenANewestVersionWithoutTheFileThenTheOneBeforeIsTaken() {
    upload(OLD);
    s3.put("b", "model/" + NEW + "/being-uploaded.tmp", "x");

    assertThat(dataset(publish(TWO), "model").version()).contains(new ReleaseVersion(OLD));
  }

  @Test
  void givenTheSameContentThenTheSameRelease() {
    upload(NEW);
    var first = publish(TWO);

    var second = publish(TWO);

    assertThat(second).isEqualTo(new PublishResult(first.release(), false));
    assertThat(channel().releases()).hasSize(1);
  }

  @Test
  void givenTheSameBytesUnderANewerVersionThenTheSameRelease() {
    s3.put("b", "only/" + OLD + "/f", "the same bytes");
    var template = template(Map.of("only", "s3://b/only/{VERSION_PLACEHOLDER}/"));
    var first = publish(template);
    s3.put("b", "only/" + NEW + "/f", "the same bytes");

    assertThat(publish(template)).isEqualTo(new PublishResult(first.release(), false));
  }

  @Test
  void givenAMissingSourceThenTheDatasetIsNamedAndNothingIsStored() {
    s3.put("b", "index/" + NEW + "/part-0", "x");

    assertRefused(ErrorCode.SOURCE_MISSING, "model", TWO);
    assertThat(channel().releases()).isEmpty();
    assertThat(store.keys("manifests/")).isEmpty();
  }

  @Test
  void givenSeveralMistakesThenEachDatasetIsNamed() {
    var template =
        template(
            Map.of(
                "gone", "s3://b/gone/",
                "hostile", "s3://b/hostile/",
                "nowhere", "s3://no-such-bucket/x",
                "fine", "s3://b/fine"));
    s3.put("b", "hostile/../escape", "x").put("b", "fine", "x");

    assertThatThrownBy(() -> publish(template))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal ->
                assertThat(refusal.detail())
                    .contains("dataset 'gone'", "dataset 'hostile'", "dataset 'nowhere'")
                    .doesNotContain("'fine'"));
  }

  @Test
  void givenAHostileKeyThenItsDatasetAndItselfAreNamed() {
    s3.put("b", "index/" + NEW + "/../../etc/passwd", "x")
        .put("b", "model/" + NEW + "/model.bin", "x");

    var refusal = assertRefused(ErrorCode.HOSTILE_KEY, "index", TWO);
    assertThat(refusal.detail()).contains("../../etc/passwd");
  }

  @Test
  void givenATemplateWithMistakesThenRefusedAsSuch() {
    assertThatThrownBy(() -> publish(template(Map.of("a b", "s3://b/x", "c", "ftp://b/x"))))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TEMPLATE);
              assertThat(refusal.detail()).contains("a b").contains("ftp://b/x");
            });
  }

  @Test
  void givenSameVersionThenTheNewestThatAllHave() {
    upload(OLD);
    s3.put("b", "index/" + NEW + "/part-0", "only the index has it");

    var release =
        publisher.publish(SEARCHER, request(TWO, true, false), "ann", Optional.empty()).release();

    assertThat(release.datasets())
        .extracting(d -> d.version().map(ReleaseVersion::value))
        .containsOnly(Optional.of(OLD));
  }

  @Test
  void givenSameVersionWhereAFileIsMissingThenThatVersionDoesNotCount() {
    upload(OLD);
    upload(NEW);
    s3.put("b", "index/2026-11-03T00-00-00/part-0", "x")
        .put("b", "model/2026-11-03T00-00-00/other.bin", "x");

    assertThat(
            publisher
                .publish(SEARCHER, request(TWO, true, false), "ann", Optional.empty())
                .release()
                .version())
        .isEqualTo(new ReleaseVersion(NEW));
  }

  @Test
  void givenSameVersionAndNoneInCommonThenRefusedWithTheNewestOfEach() {
    s3.put("b", "index/" + NEW + "/part-0", "x").put("b", "model/" + OLD + "/model.bin", "x");

    assertThatThrownBy(
            () -> publisher.publish(SEARCHER, request(TWO, true, false), "ann", Optional.empty()))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.NO_COMMON_VERSION);
              assertThat(refusal.detail())
                  .contains("'index' has " + NEW)
                  .contains("'model' has " + OLD);
            });
  }

  @Test
  void givenAVersionThenItIsTakenAndNotTheNewest() {
    upload(OLD);
    upload(NEW);

    assertThat(publishVersion(OLD).release().version()).isEqualTo(new ReleaseVersion(OLD));
  }

  @Test
  void givenAVersionThatOneDatasetLacksThenItIsNamed() {
    upload(NEW);
    s3.put("b", "index/" + OLD + "/part-0", "x");

    assertThatThrownBy(() -> publishVersion(OLD))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
              assertThat(refusal.context()).containsEntry("dataset", "model");
            });
  }

  @Test
  void givenAVersionOfAnotherSchemeThenInvalid() {
    assertThatThrownBy(() -> publishVersion("1.2"))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
  }

  @Test
  void givenAnOlderVersionThanTheHeadThenRefused() {
    upload(OLD);
    upload(NEW);
    publish(TWO);

    assertThatThrownBy(() -> publishVersion(OLD))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OLDER_THAN_HEAD));
  }

  @Test
  void givenADryRunThenTheReleaseIsShownAndNothingIsStored() {
    upload(NEW);

    var result = publisher.publish(SEARCHER, request(TWO, false, true), "ann", Optional.empty());

    assertThat(result.created()).isFalse();
    assertThat(result.release().sequence()).isEqualTo(1);
    assertThat(channel().releases()).isEmpty();
    assertThat(store.keys("manifests/")).isEmpty();
  }

  private Publisher.Planned plan() {
    return publisher.plan(SEARCHER, request(TWO, false, true), Optional.empty());
  }

  @Test
  void givenAPublishMeanwhileWhenPlannedThenWhatIsToldWouldFollowOnThatOne() {
    upload(NEW);
    s3.put("b", "other", "x");
    s3.meanwhile(() -> publish(template(Map.of("other", "s3://b/other"))));

    var planned = plan();

    assertThat(planned.channel()).isEqualTo(channel());
    assertThat(planned.release().sequence()).isEqualTo(channel().lastSequence() + 1).isEqualTo(2);
  }

  @Test
  void givenTheSamePublishMeanwhileWhenPlannedThenItsReleaseIsTold() {
    upload(NEW);
    s3.meanwhile(() -> publish(TWO));

    assertThat(plan().release()).isEqualTo(channel().headRelease().orElseThrow());
  }

  @Test
  void givenAChannelMadeAnewMeanwhileWhenPlannedThenItsFirstReleaseIsTold() {
    upload(OLD);
    publish(TWO);
    upload(NEW);
    s3.meanwhile(
        () -> {
          channels.delete(SEARCHER, channels.require(SEARCHER).revision());
          channels.create(Samples.empty(SEARCHER));
        });

    assertThat(plan().release().sequence()).isEqualTo(1);
  }

  @Test
  void givenAChannelDeletedMeanwhileWhenPlannedThenItIsUnknown() {
    upload(NEW);
    s3.meanwhile(() -> channels.delete(SEARCHER, channels.require(SEARCHER).revision()));

    assertThatThrownBy(this::plan)
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_CHANNEL));
  }

  @Test
  void givenAKeyThatWasUsedWhenTheSameIsTriedDryThenTheReleaseThatItMadeIsTold() {
    upload(OLD);
    var made = publish(TWO, "key").release();
    upload(NEW);

    var dry = publisher.publish(SEARCHER, request(TWO, false, true), "ann", Optional.of("key"));

    assertThat(dry).isEqualTo(new PublishResult(made, false));
  }

  @Test
  void givenTheSameIdempotencyKeyThenTheSameReleaseEvenWhereNewerDataCame() {
    upload(OLD);
    var first = publish(TWO, "key");
    upload(NEW);

    assertThat(publish(TWO, "key").release()).isEqualTo(first.release());
    assertThat(publish(TWO, "another key").created()).isTrue();
  }

  @Test
  void givenAKeyWhoseReleaseWasForgottenThenItIsNotPublishedAgain() {
    upload(OLD);
    publish(TWO, "key");
    upload(NEW);
    publish(TWO);
    channels.update(SEARCHER, channel -> channel.forget(Set.of(1L)));

    assertThatThrownBy(() -> publish(TWO, "key"))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_RELEASE))
        .hasMessageContaining("release number 1");
    assertThat(channel().lastSequence()).isEqualTo(2);
  }

  @Test
  void givenTheSameIdempotencyKeyForAnotherRequestThenRefused() {
    upload(NEW);
    publish(TWO, "key");

    assertThatThrownBy(
            () -> publisher.publish(SEARCHER, request(TWO, true, false), "ann", Optional.of("key")))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
  }

  @Test
  void givenARejectedReleaseWithThisContentThenRefused() {
    upload(NEW);
    publish(TWO);
    channels.update(SEARCHER, c -> c.reject(1, "it failed", NOW));

    assertThatThrownBy(() -> publish(TWO))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.RELEASE_REJECTED));
  }

  @Test
  void givenConcurrentPublishesOfTheSameThenOneRelease() throws Exception {
    upload(NEW);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<PublishResult>>();
      for (int i = 0; i < 6; i++) {
        running.add(threads.submit(() -> publish(TWO)));
      }
      var created = 0;
      for (var one : running) {
        created += one.get().created() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    }
    assertThat(channel().releases()).hasSize(1);
  }

  @Test
  void givenConcurrentPublishesOfDifferentThingsThenEachIsARelease() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<PublishResult>>();
      for (int i = 0; i < 6; i++) {
        s3.put("b", "fixed/" + i, "content " + i);
        var template = template(Map.of("fixed", "s3://b/fixed/" + i));
        running.add(threads.submit(() -> publish(template)));
      }
      for (var one : running) {
        assertThat(one.get().created()).isTrue();
      }
    }
    assertThat(channel().releases())
        .extracting(Release::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(channel().releases()).extracting(Release::version).doesNotHaveDuplicates();
  }

  @Test
  void givenAThousandDatasetsThenPublished() {
    var paths = new LinkedHashMap<String, String>();
    for (int i = 0; i < 1000; i++) {
      s3.put("b", "many/%d/f".formatted(i), "content " + i);
      paths.put("dataset-" + i, "s3://b/many/%d/".formatted(i));
    }

    assertThat(publish(template(paths)).release().datasets()).hasSize(1000);
  }

  @Test
  void givenTheTemplatesOrderThenTheReleaseKeepsIt() {
    s3.put("b", "x", "x").put("b", "y", "y").put("b", "z", "z");
    var paths = new LinkedHashMap<String, String>();
    paths.put("z", "s3://b/z");
    paths.put("x", "s3://b/x");
    paths.put("y", "s3://b/y");

    assertThat(publish(template(paths)).release().datasets())
        .extracting(d -> d.name().value())
        .containsExactly("z", "x", "y");
  }

  @Test
  void givenNoChannelWhenOneIsToBeMadeThenItIsThereWithTheRelease() {
    upload(NEW);

    var result = publisher.publish(NOT_YET, creating(TWO, false), "ann", Optional.empty());

    assertThat(result.created()).isTrue();
    assertThat(channels.require(NOT_YET).channel().head()).contains(1L);
  }

  @Test
  void givenNoChannelWhenADryRunWouldMakeItThenTheReleaseIsShownAndThereIsStillNone() {
    upload(NEW);

    var result = publisher.publish(NOT_YET, creating(TWO, true), "ann", Optional.empty());

    assertThat(result.release().version()).isEqualTo(new ReleaseVersion(NEW));
    assertThat(channels.find(NOT_YET)).isEmpty();
  }

  @Test
  void givenNoChannelWhenThePublishIsRefusedThenThereIsStillNone() {
    assertThatThrownBy(
            () -> publisher.publish(NOT_YET, creating(TWO, false), "ann", Optional.empty()))
        .isInstanceOf(HydraException.class);

    assertThat(channels.find(NOT_YET)).isEmpty();
  }

  @Test
  void givenNoChannelWhenNoneIsToBeMadeThenRefused() {
    assertThatThrownBy(
            () -> publisher.publish(NOT_YET, request(TWO, false, true), "ann", Optional.empty()))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_CHANNEL));
  }

  @Test
  void givenFilesInTheTemplateThenTheirManifestHoldsTheirContent() {
    upload(NEW);
    var template = new LinkedHashMap<>(TWO);
    template.put("settings", TemplateDataset.inline(Map.of("a.json", "{}"), Placement.RAM));

    var release = publish(template).release();

    var settings = release.datasets().getLast();
    assertThat(settings.source()).isEqualTo(InlineFile.SOURCE);
    assertThat(settings.version()).isEmpty();
    assertThat(settings.bytes()).isEqualTo(2);
    assertThat(channels.manifest(settings.digest()).files().getFirst().content()).contains("e30=");
    assertThat(publish(template).created()).isFalse();
    template.put("settings", TemplateDataset.inline(Map.of("a.json", "[]"), Placement.RAM));
    assertThat(publish(template).created()).isTrue();
  }

  private static RepublishRequest again(Release original) {
    return new RepublishRequest(original.version(), Optional.empty(), Optional.empty(), false);
  }

  @Test
  void givenARejectedReleaseWhenRepublishedThenItsContentIsANewReleaseWithoutAskingItsSource() {
    upload(NEW);
    var rejected = publish(TWO).release();
    channels.update(SEARCHER, c -> c.reject(1, "bad", NOW));
    s3.close();

    var result = republisher.republish(SEARCHER, again(rejected), "ann", Optional.empty());

    assertThat(result.created()).isTrue();
    assertThat(result.release().sequence()).isEqualTo(2);
    assertThat(result.release().datasets()).isEqualTo(rejected.datasets());
    assertThat(result.release().version()).isNotEqualTo(rejected.version());
    assertThat(channel().head()).contains(2L);
    assertThat(channel().rejected()).containsOnlyKeys(1L);
  }

  @Test
  void givenAnOlderReleaseWhenRepublishedThenItIsTheHeadThoughItsDatasetsAreOlder() {
    upload(OLD);
    var old = publish(TWO).release();
    upload(NEW);
    publish(TWO);

    var result = republisher.republish(SEARCHER, again(old), "ann", Optional.empty());

    assertThat(result.created()).isTrue();
    assertThat(channel().headRelease().map(Release::datasets)).contains(old.datasets());
  }

  @Test
  void givenTheNewestReleaseWhenRepublishedThenThereIsNothingNew() {
    upload(NEW);
    var newest = publish(TWO).release();

    var result = republisher.republish(SEARCHER, again(newest), "ann", Optional.empty());

    assertThat(result).isEqualTo(new PublishResult(newest, false));
  }

  @Test
  void givenAnotherChannelsReleaseWhenRepublishedThenThisOneHasItWithItsManifests() {
    upload(NEW);
    var original = publish(TWO).release();
    channels.create(Samples.empty(NOT_YET));
    var request =
        new RepublishRequest(original.version(), Optional.of(SEARCHER), Optional.empty(), false);

    var copy = republisher.republish(NOT_YET, request, "ann", Optional.empty()).release();
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());
    channels.sweep(NOW);
    channels.sweep(NOW.plus(Duration.ofHours(2)));

    assertThat(copy.channel()).isEqualTo(NOT_YET);
    assertThat(copy.ref()).isEqualTo(original.ref());
    for (var dataset : copy.datasets()) {
      assertThat(channels.manifest(dataset.digest()).digest()).isEqualTo(dataset.digest());
    }
  }

  @Test
  void givenAnotherSchemeWhenRepublishedThenAVersionIsWanted() {
    upload(NEW);
    var original = publish(TWO).release();
    channels.create(
        Samples.empty(NOT_YET)
            .withSettings(
                new ChannelSettings(
                    Optional.of(VersionScheme.DOTTED),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));

    assertThatThrownBy(() -> copy(original, Optional.empty())).hasMessageContaining("DOTTED");
    assertThatThrownBy(() -> copy(original, Optional.of("1.2.0.0.0")))
        .hasMessageContaining("'1.2.0.0.0' must be one of the scheme DOTTED");
    assertThat(copy(original, Optional.of("1.2")).version()).hasToString("1.2");
  }

  private Release copy(Release original, Optional<String> as) {
    var request =
        new RepublishRequest(
            original.version(), Optional.of(SEARCHER), as.map(ReleaseVersion::of), false);
    return republisher.republish(NOT_YET, request, "ann", Optional.empty()).release();
  }

  @Test
  void givenOneKeyWhenRepublishedTwiceThenOneRelease() {
    upload(OLD);
    var old = publish(TWO).release();
    upload(NEW);
    publish(TWO);

    var first = republisher.republish(SEARCHER, again(old), "ann", Optional.of("key"));
    publishVersion(NEW);
    var second = republisher.republish(SEARCHER, again(old), "ann", Optional.of("key"));

    assertThat(second).isEqualTo(new PublishResult(first.release(), false));
    assertThatThrownBy(
            () ->
                publisher.publish(SEARCHER, request(TWO, false, false), "ann", Optional.of("key")))
        .isInstanceOfSatisfying(
            HydraException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
  }

  @Test
  void givenADryRunWhenRepublishedThenNothingIsAppended() {
    upload(OLD);
    var old = publish(TWO).release();
    channels.update(SEARCHER, c -> c.reject(1, "bad", NOW));
    var request = new RepublishRequest(old.version(), Optional.empty(), Optional.empty(), true);

    assertThat(republisher.republish(SEARCHER, request, "ann", Optional.empty()).created())
        .isFalse();
    assertThat(channel().releases()).hasSize(1);
  }

  private static PublishRequest creating(Map<String, TemplateDataset> template, boolean dryRun) {
    return new PublishRequest(template, false, Optional.empty(), dryRun, true);
  }

  private Channel channel() {
    return channels.require(SEARCHER).channel();
  }

  private PublishResult publish(Map<String, TemplateDataset> template) {
    return publisher.publish(SEARCHER, request(template, false, false), "ann", Optional.empty());
  }

  private PublishResult publish(Map<String, TemplateDataset> template, String key) {
    return publisher.publish(SEARCHER, request(template, false, false), "ann", Optional.of(key));
  }

  private PublishResult publishVersion(String version) {
    return publisher.publish(
        SEARCHER,
        new PublishRequest(TWO, false, Optional.of(new ReleaseVersion(version)), false),
        "ann",
        Optional.empty());
  }

  private static PublishRequest request(
      Map<String, TemplateDataset> template, boolean sameVersion, boolean dryRun) {
    return new PublishRequest(template, sameVersion, Optional.empty(), dryRun);
  }

  private static Map<String, TemplateDataset> template(Map<String, String> paths) {
    var template = new LinkedHashMap<String, TemplateDataset>();
    paths.forEach((name, path) -> template.put(name, TemplateDataset.of(path, Placement.DISK)));
    return template;
  }

  private static ReleaseDataset dataset(PublishResult result, String name) {
    return result.release().datasets().stream()
        .filter(d -> d.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private HydraException assertRefused(
      ErrorCode code, String dataset, Map<String, TemplateDataset> template) {
    var refusals = new ArrayList<HydraException>();
    assertThatThrownBy(() -> publish(template))
        .isInstanceOfSatisfying(HydraException.class, refusals::add);
    var refusal = List.copyOf(refusals).getFirst();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.detail()).contains("dataset '%s'".formatted(dataset));
    assertThat(refusal.context()).containsEntry("dataset", dataset);
    return refusal;
  }
}
