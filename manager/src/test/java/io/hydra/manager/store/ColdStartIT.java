package io.hydra.manager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.channel.Samples;
import io.hydra.manager.channel.StoredChannels;
import io.hydra.manager.store.consul.ConsulStore;
import io.hydra.model.ChannelId;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Link;
import io.hydra.wire.HydraJson;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A manager that starts, or has missed much, reads many channels in few requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColdStartIT {
  private static final int CHANNELS = Integer.getInteger("hydra.channels", 300);
  private static final int RELEASES = 3;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private Optional<ConsulServer> consul = Optional.empty();

  @BeforeAll
  void start(@TempDir Path directory) {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    consul = Optional.of(ConsulServer.start(program.orElseThrow(), directory));
  }

  @AfterAll
  void stop() {
    consul.ifPresent(ConsulServer::close);
    vertx.close();
  }

  private ConsulServer server() {
    return consul.orElseThrow();
  }

  private static StoredChannels channels(ChannelStore store) {
    return new StoredChannels(store, () -> Set.of("prod"), HydraJson.mapper());
  }

  private static ChannelId id(int i) {
    return ChannelId.parse("prod/search/c" + i);
  }

  private static void make(StoredChannels channels, int i) {
    var channel = Samples.empty(id(i));
    for (int release = 1; release <= RELEASES; release++) {
      channel =
          Samples.append(channel, Samples.version(release), Samples.manifest(i + "/" + release));
    }
    channels.create(channel);
  }

  @Test
  void givenManyChannelsThenAManagerThatStartsReadsThemInFewRequests() {
    try (var first = ConsulStore.open(ConsulSettings.of(server().url(), "many"), vertx);
        var proxy = new CountingProxy(server().url())) {
      var writer = channels(first);
      IntStream.range(0, CHANNELS).forEach(i -> make(writer, i));
      int before = proxy.requests();

      try (var second = ConsulStore.open(ConsulSettings.of(proxy.url(), "many"), vertx)) {
        var reader = channels(second);

        assertThat(reader.all()).containsExactlyInAnyOrderElementsOf(writer.all());
        assertThat(proxy.requests() - before).isLessThan(CHANNELS / 10);
      }
    }
  }

  @Test
  void givenMoreChangesThanTheLogHoldsThenAManagerThatMissedThemReadsThemInFewRequests() {
    try (var first = ConsulStore.open(ConsulSettings.of(server().url(), "missed"), vertx);
        var link = new Link(server().url().getPort());
        var proxy = new CountingProxy(link.url())) {
      var writer = channels(first);
      IntStream.range(0, CHANNELS).forEach(i -> make(writer, i));
      try (var second = ConsulStore.open(ConsulSettings.of(proxy.url(), "missed"), vertx)) {
        var reader = channels(second);
        link.hold();
        int before = proxy.requests();
        writer.delete(id(0), writer.require(id(0)).revision());
        IntStream.range(1, CHANNELS)
            .forEach(
                i ->
                    writer.update(
                        id(i), channel -> channel.pinTo(Samples.version(1), Optional.empty())));
        link.mend();

        await().atMost(LONG).until(() -> isSame(reader, writer));

        assertThat(proxy.requests() - before).isLessThan(CHANNELS / 10);
      }
    }
  }

  private static boolean isSame(StoredChannels reader, StoredChannels writer) {
    return channelsOf(reader).equals(channelsOf(writer));
  }

  private static Set<Channel> channelsOf(StoredChannels channels) {
    return channels.all().stream().map(Versioned::channel).collect(Collectors.toSet());
  }
}
