package io.hydra.manager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.manager.store.consul.ConsulStore;
import io.hydra.testing.process.Authority;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Http;
import io.hydra.testing.process.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract with a Consul that asks for tokens and, on its HTTPS port, for certificates, and
 * what it refuses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsulSecurityIT extends ChannelStoreContract {
  private static final String MANAGEMENT = "5d0a8c7c-0000-4000-8000-000000000001";
  private static final String WRITER = "5d0a8c7c-0000-4000-8000-000000000002";
  private static final String READER = "5d0a8c7c-0000-4000-8000-000000000003";

  private final Vertx vertx = Vertx.vertx();
  private final int https = Ports.free();
  private final Path directory;
  private final Authority authority;
  private final Authority strangers;
  private Optional<ConsulServer> consul = Optional.empty();
  private Optional<Authority.Issued> shown = Optional.empty();
  private String prefix = fresh();

  ConsulSecurityIT(@TempDir Path directory) {
    this.directory = directory;
    this.authority = new Authority(directory, "authority");
    this.strangers = new Authority(directory, "strangers");
  }

  @BeforeAll
  void start() throws IOException {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    var server = authority.server("consul");
    shown = Optional.of(authority.client("manager"));
    consul =
        Optional.of(
            ConsulServer.start(
                program.orElseThrow(),
                directory.resolve("consul"),
                """
                {"ports": {"https": %d},
                 "acl": {"enabled": true, "default_policy": "deny", "tokens": {"initial_management": "%s"}},
                 "tls": {"https": {"verify_incoming": true, "ca_file": "%s", "cert_file": "%s", "key_file": "%s"}}}
                """
                    .formatted(
                        https, MANAGEMENT, authority.file(), server.certificate(), server.key())));
    grant("writer", WRITER, "write");
    grant("reader", READER, "read");
  }

  @AfterAll
  void stop() {
    consul.ifPresent(ConsulServer::close);
    vertx.close();
  }

  @Override
  ChannelStore open() {
    var client = shown.orElseThrow();
    return ConsulStore.open(
        ConsulSettings.of(secureUrl(), prefix)
            .showing(authority.file(), client.certificate(), client.key())
            .token(token(WRITER)),
        vertx);
  }

  @AfterEach
  void leaveWhatThisTestHasWritten() {
    prefix = fresh();
  }

  private static String fresh() {
    return "hydra/" + UUID.randomUUID();
  }

  private void grant(String name, String secret, String policy) throws IOException {
    put(
        "/v1/acl/policy",
        "{\"Name\": \"%s\", \"Rules\": \"key_prefix \\\"hydra/\\\" { policy = \\\"%s\\\" }\"}"
            .formatted(name, policy));
    put(
        "/v1/acl/token",
        "{\"SecretID\": \"%s\", \"Policies\": [{\"Name\": \"%s\"}]}".formatted(secret, name));
  }

  private void put(String path, String body) throws IOException {
    var answer =
        Http.send(
            HttpRequest.newBuilder(plain().resolve(path))
                .header("X-Consul-Token", MANAGEMENT)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private URI plain() {
    return consul.orElseThrow().url();
  }

  private Path token(String secret) {
    try {
      return Files.writeString(directory.resolve("token-" + secret), secret + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConsulSettings secure() {
    return ConsulSettings.of(secureUrl(), "hydra");
  }

  private URI secureUrl() {
    return URI.create("https://localhost:" + https);
  }

  @Test
  void givenATokenThatMayWriteThenItCommitsAndIsToldOfIt() {
    var settings = ConsulSettings.of(plain(), "hydra").token(token(WRITER));
    try (var store = ConsulStore.open(settings, vertx)) {
      assertThat(commit(store)).isInstanceOf(Outcome.Committed.class);
      assertThat(store.get("a")).isPresent();
      store.catchUp();
    }
  }

  @Test
  void givenATokenThatMayOnlyReadThenAWriteIsRefusedAndIsNoConflict() {
    var settings = ConsulSettings.of(plain(), "hydra").token(token(READER));
    try (var store = ConsulStore.open(settings, vertx)) {
      assertThatThrownBy(() -> commit(store))
          .isInstanceOf(HydraException.class)
          .hasMessageContaining("ermission denied");
    }
  }

  @Test
  void givenNoTokenThenTheRefusalNamesTheSetting() {
    assertThatThrownBy(() -> ConsulStore.open(ConsulSettings.of(plain(), "hydra"), vertx).close())
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("hydra.store.consul.token-file");
  }

  @Test
  void givenNoCertificateToShowThenItIsRefused() {
    assertThatThrownBy(() -> ConsulStore.open(secure().trusting(authority.file()), vertx).close())
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("hydra.store.consul.url");
  }

  @Test
  void givenAConsulOfAnotherAuthorityThenItIsNotTrusted() {
    assertThatThrownBy(() -> ConsulStore.open(secure().trusting(strangers.file()), vertx).close())
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("hydra.store.consul.tls.ca-file");
  }

  private static Outcome commit(ChannelStore store) {
    return store.commit(List.of(new Operation.Put("a", new byte[] {1})));
  }
}
