package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import io.hydra.wire.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager behind HTTPS. */
class TlsIT {
  private static Authority authority;
  private static Authority.Issued server;
  private static Authority.Issued user;

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    server = authority.server("manager");
    user = authority.client("user");
  }

  @BeforeEach
  void givenAHome(@TempDir Path home) {
    hydra = new Program(home);
    manager.on("GET", "/nodes", new Page<>(List.of(), Optional.empty()));
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void optionsVariablesAndTheContextNameTheFiles() {
    try (var front = front(true)) {
      var url = front.url().toString();
      var ca = authority.file().toString();
      var certificate = user.certificate().toString();
      var key = user.key().toString();

      var byOptions =
          hydra.run(
              "nodes",
              "--manager",
              url,
              "--ca-file",
              ca,
              "--certificate-file",
              certificate,
              "--key-file",
              key);
      assertThat(byOptions.exitCode()).as(byOptions.err()).isZero();

      hydra.run(
          "context",
          "set",
          "secure",
          "--manager",
          url,
          "--ca-file",
          ca,
          "--certificate-file",
          certificate,
          "--key-file",
          key);
      assertThat(hydra.run("nodes").exitCode()).isZero();

      hydra
          .with("HYDRA_MANAGER", url)
          .with("HYDRA_CA_FILE", ca)
          .with("HYDRA_CERTIFICATE_FILE", certificate)
          .with("HYDRA_KEY_FILE", key);
      assertThat(hydra.run("nodes").exitCode()).isZero();
    }
  }

  @Test
  void anUnknownAuthorityIsThreeAndSaysSo() {
    try (var front = front(false)) {
      var result = hydra.run("nodes", "--manager", front.url().toString());

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .contains("'CN=manager' is signed by no authority in", "CN=authority", "--ca-file");
    }
  }

  @Test
  void aCertificateOfAnotherHostIsThreeAndNamesBoth() {
    var target = URI.create(manager.address()).getPort();
    var elsewhere = authority.context(authority.server("elsewhere", "other.example"));
    try (var front = new TlsFront(target, elsewhere, false)) {
      var result =
          hydra.run(
              "nodes",
              "--manager",
              front.url().toString(),
              "--ca-file",
              authority.file().toString());

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("is for 'other.example', not for '127.0.0.1'");
    }
  }

  @Test
  void aMissingClientCertificateIsThreeAndSaysSo() {
    try (var front = front(true)) {
      var result =
          hydra.run(
              "nodes",
              "--manager",
              front.url().toString(),
              "--ca-file",
              authority.file().toString());

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .contains("the server demands a client certificate")
          .doesNotContain("ConnectionBase");
    }
  }

  @Test
  void aMissingFileIsTwoAndIsNamed() {
    var result = hydra.run("nodes", "--manager", "https://127.0.0.1:1", "--ca-file", "none.pem");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--ca-file: none.pem does not exist");
  }

  private TlsFront front(boolean clientNeeded) {
    var target = URI.create(manager.address()).getPort();
    return new TlsFront(target, authority.context(server), clientNeeded);
  }
}
