package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.NodeName;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.Programs;
import io.hydra.wire.Capacity;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A manager's state goes to another kind of store and back, by the packaged command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {
  private static final ChannelId SEARCHER = ChannelId.parse("prod/search/searcher");
  private static final ChannelId RANKER = ChannelId.parse("prod/search/ranker");
  private static final Duration START = Duration.ofSeconds(90);

  private final Programs programs = Programs.ofCheckout();
  private final List<AutoCloseable> running = new ArrayList<>();
  private Path directory = Path.of("");
  private Path sources = Path.of("");
  private ManagerClient first = new ManagerClient(URI.create("http://127.0.0.1:1"));

  @BeforeAll
  void givenAManagerWithReleases(@TempDir Path temporary) throws IOException {
    directory = temporary;
    sources = Files.createDirectory(directory.resolve("sources"));
    first = embedded("first");
    first.putChannel(
        SEARCHER,
        ChannelSettings.builder()
            .consumerNamespaces(Set.of("maps", "shop"))
            .scopes(
                new Scope(
                    ScopeName.of("eu"), Map.of("region", "eu"), Optional.of(Promotion.MANUAL)))
            .build());
    first.putChannel(RANKER, ChannelSettings.DEFAULT);
    for (int hour = 10; hour < 14; hour++) {
      publish(first, SEARCHER, version(hour), hour);
    }
    publish(first, RANKER, version(10), 10);
    first.rollback(SEARCHER, Optional.empty());
    first.pin(SEARCHER, version(11));
    first.putNode(new NodeRegistration(NodeName.of("n1"), Map.of("disk", "nvme"), "/data", "1"));
  }

  @AfterAll
  void stop() throws Exception {
    for (var each : running.reversed()) {
      each.close();
    }
  }

  private static ReleaseVersion version(int hour) {
    return new ReleaseVersion("2026-11-01T%02d-00-00".formatted(hour));
  }

  private void publish(ManagerClient manager, ChannelId channel, ReleaseVersion version, int size)
      throws IOException {
    var data = Files.createDirectories(sources.resolve("index").resolve(version.value()));
    Files.write(data.resolve("part-0"), new byte[size]);
    Files.write(data.resolve("part-1"), new byte[] {(byte) size});
    var template =
        Map.of(
            "index",
            TemplateDataset.of(
                sources.resolve("index").toUri() + "{VERSION_PLACEHOLDER}/", Placement.DISK));
    manager.publish(channel, Releases.request(template));
  }

  private ManagerClient embedded(String name) throws IOException {
    var store = Files.createDirectory(directory.resolve(name)).resolve("manager.mv");
    return manager(name, Map.of("hydra.store.file", store.toString()));
  }

  private ManagerClient onConsul(String name) {
    var consul = ConsulServer.program();
    Assumptions.assumeTrue(consul.isPresent(), "no Consul can be had here");
    var server = ConsulServer.start(consul.orElseThrow(), directory.resolve("consul"));
    running.add(server);
    return manager(
        name,
        Map.of("hydra.store.type", "consul", "hydra.store.consul.url", server.url().toString()));
  }

  private ManagerClient manager(String name, Map<String, String> store) {
    int port = Ports.free();
    var address = URI.create("http://127.0.0.1:" + port);
    var settings = new HashMap<>(store);
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("hydra.leader.grace", "1s");
    settings.put("hydra.sources.file-roots", sources.toString());
    var manager =
        new Program(
            name,
            programs.quarkus("manager", "192m", settings),
            directory.resolve(name + ".log"),
            address.resolve("/q/health/ready"));
    running.add(manager);
    manager.start();
    manager.awaitHealthy(START);
    return new ManagerClient(address);
  }

  private CommandLine.Ended hydra(ManagerClient manager, String... arguments) {
    return new CommandLine(programs, directory).run(manager.base(), arguments);
  }

  private Path exported(ManagerClient manager, String name) throws IOException {
    var file = directory.resolve(name);
    var ended = hydra(manager, "export", name);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("2 channels with 5 releases and 4 manifests, 1 nodes");
    return file;
  }

  /** All but when it was made. */
  private static List<String> content(Path backup) throws IOException {
    var lines = Files.readAllLines(backup);
    return lines.subList(1, lines.size() - 1);
  }

  private void restored(ManagerClient manager, Path backup) throws IOException {
    var ended = hydra(manager, "import", backup.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  @Test
  void givenAStateOnConsulAndBack_thenAllOfItIsTheSame_andNumbersGoOn() throws IOException {
    var backup = exported(first, "first.jsonl");

    var second = onConsul("second");
    restored(second, backup);
    restored(second, backup);
    var back = exported(second, "second.jsonl");
    var third = embedded("third");
    restored(third, back);

    assertThat(content(back)).isEqualTo(content(backup));
    assertThat(content(exported(third, "third.jsonl"))).isEqualTo(content(backup));
    assertThat(third.releases(SEARCHER)).isEqualTo(first.releases(SEARCHER));
    assertThat(third.status(SEARCHER).channel().settings())
        .isEqualTo(first.status(SEARCHER).channel().settings());
    assertThat(third.status(SEARCHER).rollout().target().orElseThrow().version())
        .isEqualTo(version(11));
    publish(third, SEARCHER, version(15), 15);
    assertThat(third.releases(SEARCHER).getFirst().release().sequence()).isEqualTo(5);

    var conflict = hydra(third, "import", backup.toString());
    assertThat(conflict.exitCode()).isEqualTo(1);
    assertThat(conflict.err()).contains("CONFLICT", SEARCHER.toString(), "another state");

    var changed = embedded("changed");
    changed.putChannel(RANKER, ChannelSettings.DEFAULT);
    var others = hydra(changed, "import", backup.toString());
    assertThat(others.exitCode()).isEqualTo(1);
    assertThat(others.err()).contains("1 of 2 channels", RANKER.toString());
    assertThat(changed.releases(SEARCHER)).isEqualTo(first.releases(SEARCHER));
    assertThat(changed.releases(RANKER)).isEmpty();
  }

  @Test
  void givenADamagedFile_thenNothingOfItIsRestored() throws IOException {
    var whole = Files.readString(exported(first, "whole.jsonl"));
    var cut = Files.writeString(directory.resolve("cut.jsonl"), whole.substring(0, 3000));
    var lines = whole.lines().toList();
    var fewer = new ArrayList<>(lines);
    fewer.remove(lines.size() - 3);
    var missing = Files.write(directory.resolve("missing.jsonl"), fewer);
    var changed =
        Files.writeString(
            directory.resolve("changed.jsonl"), whole.replace("\"size\":12", "\"size\":13"));
    var longer =
        Files.writeString(directory.resolve("longer.jsonl"), whole + whole.lines().findFirst());
    var target = embedded("damaged");

    for (var damaged : List.of(cut, missing, changed, longer, directory.resolve("first.log"))) {
      var ended = hydra(target, "import", damaged.toString());
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      assertThat(ended.err()).contains("cannot be restored", damaged.toString());
    }

    assertThat(content(exportedEmpty(target))).isEmpty();
    assertThat(hydra(target, "import", "whole.jsonl", "--check").exitCode()).isZero();
    assertThat(content(exportedEmpty(target))).isEmpty();
  }

  private Path exportedEmpty(ManagerClient manager) throws IOException {
    var file = directory.resolve("empty.jsonl");
    var ended = hydra(manager, "export", file.toString(), "--force");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return file;
  }

  @Test
  void givenAConnectedAgent_thenNothingIsRestored_unlessSomebodyInsists() throws IOException {
    var backup = exported(first, "agents.jsonl");
    var target = embedded("connected");
    target.putNode(new NodeRegistration(NodeName.of("n7"), Map.of(), "/data", "1"));
    target.report(
        NodeName.of("n7"),
        new NodeReport(0, true, new Capacity(100, 100), Optional.empty(), List.of()));

    var refused = hydra(target, "import", backup.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("AGENTS_CONNECTED", "n7", "--force");

    assertThat(hydra(target, "import", backup.toString(), "--force").exitCode()).isZero();
    assertThat(target.releases(SEARCHER)).hasSize(4);
  }
}
