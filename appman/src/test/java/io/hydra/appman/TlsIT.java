package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager behind HTTPS that demands a certificate. */
class TlsIT extends AppManIT {
  private static Authority authority;
  private static Authority.Issued server;
  private static Authority.Issued client;

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    server = authority.server("manager");
    client = authority.client("searcher-1");
  }

  @Test
  void givenBothSidesShowCertificates_thenItRegistersAndReports() {
    try (var front = front()) {
      properties.put("hydra.manager.url", front.url().toString());
      properties.put("hydra.tls.ca-file", authority.file().toString());
      properties.put("hydra.tls.certificate-file", client.certificate().toString());
      properties.put("hydra.tls.key-file", client.key().toString());

      start();

      awaitThat("registered", manager::isRegistered);
      awaitThat("reports", () -> manager.lastReport().isPresent());
    }
  }

  @Test
  void givenNothingToShow_thenTheLogSaysThatACertificateIsDemanded() {
    try (var front = front()) {
      properties.put("hydra.manager.url", front.url().toString());
      properties.put("hydra.tls.ca-file", authority.file().toString());

      var started = start();

      awaitThat("told", () -> started.output().contains("the server demands a client certificate"));
    }
  }

  @Test
  void givenACertificateForAnotherHost_thenTheManagerIsNotSpokenTo() {
    var elsewhere = authority.context(authority.server("elsewhere", "other.example"));
    try (var front = new TlsFront(manager.uri().getPort(), elsewhere, false)) {
      properties.put("hydra.manager.url", front.url().toString());
      properties.put("hydra.tls.ca-file", authority.file().toString());

      var started = start();

      awaitThat("told", () -> started.output().contains("is for 'other.example', not for"));
      assertThat(manager.isRegistered()).isFalse();
    }
  }

  private TlsFront front() {
    return new TlsFront(manager.uri().getPort(), authority.context(server), true);
  }
}
