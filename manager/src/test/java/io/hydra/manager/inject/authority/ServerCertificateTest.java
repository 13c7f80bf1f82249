package io.hydra.manager.inject.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.manager.reconcile.FakeClock;
import io.hydra.tls.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever happens, and whenever a client looks: what is shown is what it was told to trust. */
class ServerCertificateTest {
  private static final List<String> NAMES = List.of("hydra-manager.hydra.svc", "127.0.0.1");

  private final FakeClock clock = new FakeClock();
  private final StoredObjects objects;
  private final ServerCertificate certificate;

  ServerCertificateTest() throws IOException {
    objects = new StoredObjects();
    certificate = another();
  }

  private ServerCertificate another() {
    return new ServerCertificate(
        objects,
        new ServerCertificate.Paths(StoredObjects.SECRET, StoredObjects.CONFIGURATION),
        NAMES,
        clock);
  }

  private void assertTrusted(Identity shown, String bundle) {
    assertThatCode(() -> validate(shown, bundle)).doesNotThrowAnyException();
  }

  private void validate(Identity shown, String bundle) throws Exception {
    var text = new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII);
    var anchors =
        PemText.certificates(text).stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    var parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(clock.instant()));
    var path = CertificateFactory.getInstance("X.509").generateCertPath(shown.chain());
    var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  @Test
  void givenNothing_whenItIsKept_thenClientsTrustWhatIsShown() throws Exception {
    assertThat(certificate.isThere()).isFalse();

    assertThat(certificate.keep()).isTrue();

    assertTrusted(certificate.identity(), objects.bundle());
    assertThat(objects.writes()).isEqualTo(2);
  }

  @Test
  void givenItIsKept_whenNothingHappens_thenNothingIsWritten() throws Exception {
    var unused = certificate.keep();
    var shown = certificate.identity();

    assertThat(certificate.keep()).isFalse();

    assertThat(objects.writes()).isEqualTo(2);
    assertThat(certificate.identity()).isSameAs(shown);
  }

  @Test
  void givenARestart_thenClientsNeedNotBeToldAnything() throws Exception {
    var unused = certificate.keep();
    var restarted = another();

    assertThat(restarted.keep()).isFalse();

    assertTrusted(restarted.identity(), objects.bundle());
    assertThat(restarted.identity()).isNotEqualTo(certificate.identity());
  }

  @Test
  void givenAManagerThatWasQuicker_thenItsAuthorityIsTakenUp() throws Exception {
    var other = another();
    var unused = certificate.keep();

    unused = other.keep();

    assertTrusted(other.identity(), objects.bundle());
    assertTrusted(certificate.identity(), objects.bundle());
  }

  @Test
  void givenAClientThatHasNotHeardOfTheLastChange_thenItTrustsWhatIsShown_forThreeYears()
      throws Exception {
    var unused = certificate.keep();
    var heard = objects.bundle();
    var heardAt = clock.instant();
    var shown = certificate.identity();
    int renewals = 0;
    for (int step = 0; step < 3 * 365 * 24 * 3; step++) {
      clock.pass(Duration.ofMinutes(20));
      unused = certificate.keep();
      boolean renewed = !certificate.identity().equals(shown);
      shown = certificate.identity();
      if (renewed || !heard.equals(objects.bundle())) {
        validate(shown, heard);
        renewals += renewed ? 1 : 0;
      }
      if (clock.instant().isAfter(heardAt.plus(Duration.ofMinutes(50)))) {
        heard = objects.bundle();
        heardAt = clock.instant();
      }
    }
    assertThat(renewals).isBetween(3 * 365 / 30, 3 * 365 / 18);
    assertThat(PemText.certificates(decoded(objects.bundle()))).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void givenACertificate_thenItIsValidForLongerThanTenDaysAtAnyTime() throws Exception {
    for (int day = 0; day < 800; day++) {
      var unused = certificate.keep();
      assertThat(certificate.remaining()).isGreaterThanOrEqualTo(Duration.ofDays(9));
      assertThat(until(certificate.identity()))
          .isEqualTo(clock.instant().plus(certificate.remaining()));
      clock.pass(Duration.ofDays(1));
    }
  }

  private static Instant until(Identity shown) {
    return shown.chain().getFirst().getNotAfter().toInstant();
  }

  @Test
  void givenABundleThatSomebodyHasChanged_thenItIsRepaired() throws Exception {
    var unused = certificate.keep();
    objects.setBundle(
        Base64.getEncoder().encodeToString("nobody".getBytes(StandardCharsets.US_ASCII)));

    assertThat(certificate.keep()).isTrue();

    assertTrusted(certificate.identity(), objects.bundle());
  }

  @Test
  void givenASecretThatSomebodyHasEmptied_thenItIsWrittenAgainAndClientsNoticeNothing()
      throws Exception {
    var unused = certificate.keep();
    var before = objects.bundle();
    objects.setSecret("ca.crt", "");
    objects.setSecret("ca.key", "!");

    assertThat(certificate.keep()).isFalse();

    assertThat(objects.bundle()).isEqualTo(before);
    assertThat(another().keep()).isFalse();
  }

  @Test
  void givenSomebodyWhoAsksForANewAuthority_thenItComesAlone_andTheRequestGoes() throws Exception {
    var unused = certificate.keep();
    var before = objects.bundle();
    objects.annotateSecret("hydra/renew-authority", "true");

    assertThat(certificate.keep()).isTrue();

    assertThat(objects.bundle()).isNotEqualTo(before);
    assertThat(PemText.certificates(decoded(objects.bundle()))).hasSize(1);
    assertTrusted(certificate.identity(), objects.bundle());
    assertThat(objects.get(StoredObjects.SECRET).at("/metadata/annotations")).isEmpty();
    assertThat(certificate.keep()).isFalse();
  }

  @Test
  void givenSeveralManagersThatAreAskedForANewAuthority_thenOneMakesItForAll() throws Exception {
    var other = another();
    var unused = certificate.keep();
    unused = other.keep();
    objects.annotateSecret("hydra/renew-authority", "true");

    assertThat(other.keep()).isTrue();
    assertThat(certificate.keep()).isFalse();

    assertTrusted(certificate.identity(), objects.bundle());
    assertTrusted(other.identity(), objects.bundle());
  }

  @Test
  void givenTheKeyOfAnotherAuthority_thenItIsNotUsed() throws Exception {
    var unused = certificate.keep();
    var stranger = Authority.create("stranger", clock.instant(), Duration.ofDays(1));
    objects.setSecret(
        "ca.key",
        Base64.getEncoder()
            .encodeToString(PemText.of(stranger.key()).getBytes(StandardCharsets.US_ASCII)));
    var restarted = another();

    unused = restarted.keep();

    assertTrusted(restarted.identity(), objects.bundle());
  }

  @Test
  void givenAnotherAuthority_thenItsCertificatesAreNotTrusted() throws Exception {
    var unused = certificate.keep();
    var stranger =
        Authority.create("hydra injection", clock.instant(), Duration.ofDays(1))
            .issue(NAMES, clock.instant(), Duration.ofDays(1));

    assertThatThrownBy(() -> validate(stranger, objects.bundle()))
        .isInstanceOf(CertPathValidatorException.class);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }
}
