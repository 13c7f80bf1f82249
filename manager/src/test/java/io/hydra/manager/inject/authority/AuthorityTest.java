package io.hydra.manager.inject.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.tls.Identity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the certificates say, as the JDK reads them. */
class AuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");
  private static final Authority AUTHORITY = Authority.create("test", NOW, Duration.ofDays(365));
  private static final Identity SERVER =
      AUTHORITY.issue(
          List.of("hydra-manager.hydra.svc", "10.240.0.1", "::1"), NOW, Duration.ofDays(30));

  @Test
  void givenAnAuthority_thenItSignsServersCertificatesAndNoOtherAuthorities() throws Exception {
    var certificate = AUTHORITY.certificate();

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getBasicConstraints()).isZero();
    assertThat(certificate.getKeyUsage()[5]).isTrue();
    assertThat(certificate.getKeyUsage()[0]).isFalse();
    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
  }

  @Test
  void givenAServersCertificate_thenItIsForItsNamesAndForServersAlone() throws Exception {
    X509Certificate certificate = SERVER.chain().getFirst();

    certificate.verify(AUTHORITY.certificate().getPublicKey());
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(AUTHORITY.certificate().getSubjectX500Principal());
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getKeyUsage()[0]).isTrue();
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "hydra-manager.hydra.svc"),
            List.of(7, "10.240.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"));
  }

  @Test
  void givenClocksThatDiffer_thenItIsValidSomewhatEarlier() {
    assertThat(SERVER.chain().getFirst().getNotBefore().toInstant())
        .isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    assertThat(SERVER.chain().getFirst().getNotAfter().toInstant())
        .isEqualTo(NOW.plus(Duration.ofDays(30)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2049-12-31T23:00:00Z", "2050-01-01T00:00:00Z", "2070-01-01T00:00:00Z"})
  void givenALaterCentury_thenTimesAreStillRead(Instant now) {
    var late = Authority.create("late", now, Duration.ofDays(1)).certificate();

    assertThat(late.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(1)));
  }

  @Test
  void givenTwoOfThem_thenTheirSerialNumbersDiffer() {
    assertThat(AUTHORITY.issue(List.of("a"), NOW, Duration.ofDays(1)).chain().getFirst())
        .extracting(X509Certificate::getSerialNumber)
        .isNotEqualTo(SERVER.chain().getFirst().getSerialNumber());
  }
}
