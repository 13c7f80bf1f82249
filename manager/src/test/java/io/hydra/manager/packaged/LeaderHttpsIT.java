package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Ports;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Managers that call each other by an address which is not in their certificates, as pods do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderHttpsIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Path directory;
  private final Authority authority;
  private final Authority.Issued server;
  private final Authority.Issued client;
  private Optional<ConsulServer> consul = Optional.empty();

  LeaderHttpsIT(@TempDir Path directory) {
    this.directory = directory;
    this.authority = new Authority(directory, "authority");
    this.server = authority.server("manager");
    this.client = authority.client("cli");
  }

  @BeforeAll
  void startConsul() {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    consul = Optional.of(ConsulServer.start(program.orElseThrow(), directory.resolve("consul")));
  }

  @AfterAll
  void stopConsul() {
    consul.ifPresent(ConsulServer::close);
  }

  private Map<String, String> settings(String prefix) {
    int port = Ports.free();
    var settings = new HashMap<String, String>();
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("hydra.identity.anonymous", "admin");
    settings.put("hydra.store.type", "consul");
    settings.put("hydra.store.consul.url", consul.orElseThrow().url().toString());
    settings.put("hydra.store.consul.prefix", prefix);
    settings.put("hydra.tls.certificate-file", server.certificate().toString());
    settings.put("hydra.tls.key-file", server.key().toString());
    settings.put("hydra.tls.client-ca-file", authority.file().toString());
    settings.put("hydra.tls.client-auth", "required");
    settings.put("hydra.leader.host", "127.0.0.2");
    settings.put("hydra.leader.tls.ca-file", authority.file().toString());
    settings.put("hydra.leader.tls.certificate-file", server.certificate().toString());
    settings.put("hydra.leader.tls.key-file", server.key().toString());
    return settings;
  }

  @Test
  void givenTheNameOfTheirCertificatesThenFollowersSendOn() throws Exception {
    assertThat(
            statusThroughAFollower("named", Map.of("hydra.leader.certificate-name", "localhost")))
        .isEqualTo(200);
  }

  @Test
  void givenAnAddressOfIpv6ThenFollowersSendOn() throws Exception {
    Assumptions.assumeTrue(hasIpv6(), "this machine has no address of IPv6");
    var settings = Map.of("hydra.leader.host", "::1", "hydra.leader.certificate-name", "localhost");
    assertThat(statusThroughAFollower("six", settings)).isEqualTo(200);
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }

  @Test
  void givenNoSuchNameThenTheLeaderIsNotTrusted() throws Exception {
    assertThat(statusThroughAFollower("unnamed", Map.of())).isEqualTo(503);
  }

  private int statusThroughAFollower(String prefix, Map<String, String> more) throws Exception {
    var first = settings(prefix);
    var second = settings(prefix);
    first.putAll(more);
    second.putAll(more);
    try (var _ = ManagerProcess.start(directory, first);
        var follower = ManagerProcess.start(directory, second)) {
      var host = second.getOrDefault("hydra.leader.host", "");
      var literal = host.contains(":") ? "https://[" + host + "]:" : "https://" + host + ":";
      var address = URI.create("https://localhost:" + second.get("quarkus.http.port"));
      await()
          .atMost(LONG)
          .until(() -> get(address.resolve("/api/v1/manager")).body().contains(literal));
      assertThat(follower.isAlive()).isTrue();
      return get(address.resolve("/api/v1/nodes")).statusCode();
    }
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (var http = HttpClient.newBuilder().sslContext(authority.context(client)).build()) {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
