package io.hydra.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.testing.process.Authority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsTest {
  private static Authority authority;
  private static Authority.Issued ec;
  private static Authority.Issued rsa;

  private final Path directory;

  ClientTlsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void issue(@TempDir Path certificates) {
    authority = new Authority(certificates, "authority");
    ec = authority.client("ec");
    rsa = authority.rsaServer("rsa");
  }

  @Test
  void givenCommentsBetweenCertificatesThenAllAreRead() throws IOException {
    var pem = Files.readString(authority.file());
    var bundle = write("# one\n" + pem + "# two\n" + pem);

    assertThat(Pem.certificates(file("ca", bundle))).hasSize(2);
  }

  @Test
  void givenKeysOfBothKindsThenTheyAreRead() {
    assertThat(identity(ec).key().getAlgorithm()).isEqualTo("EC");
    assertThat(identity(rsa).key().getAlgorithm()).isEqualTo("RSA");
    assertThat(identity(rsa).chain()).hasSize(2);
  }

  @Test
  void givenAFileThatIsNoPemThenItIsRefusedByName() throws IOException {
    var wrong = write("hello");

    assertThatThrownBy(() -> tls(Optional.of(wrong), Optional.empty(), Optional.empty()))
        .isInstanceOf(TlsRefusal.class)
        .hasNoCause()
        .hasMessageStartingWith("ca: " + wrong + " is no PEM file of certificates");
  }

  @Test
  void givenACertificateThatBreaksOffThenItIsRefused() throws IOException {
    var torn = write(Files.readString(authority.file()).substring(0, 200));

    assertThatThrownBy(() -> tls(Optional.of(torn), Optional.empty(), Optional.empty()))
        .hasMessageContaining("breaks off within a certificate");
  }

  @Test
  void givenADirectoryThenItIsRefused() {
    assertThatThrownBy(() -> tls(Optional.of(directory), Optional.empty(), Optional.empty()))
        .hasMessage("ca: " + directory + " is a directory");
  }

  @Test
  void givenAnEncryptedKeyThenItIsRefusedAsSuch() throws IOException {
    var encrypted =
        write("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertThatThrownBy(
            () -> tls(Optional.empty(), Optional.of(ec.certificate()), Optional.of(encrypted)))
        .hasMessageContaining("key: " + encrypted + " is encrypted, which is not supported");
  }

  @Test
  void givenACertificateForAKeyThenItIsRefused() {
    assertThatThrownBy(
            () ->
                tls(Optional.empty(), Optional.of(ec.certificate()), Optional.of(ec.certificate())))
        .hasMessageContaining("is no PEM file of a private key");
  }

  @Test
  void givenAKeyThatIsTornThenItIsRefused() throws IOException {
    var whole = Files.readString(ec.key());

    assertRefused(whole.substring(0, whole.indexOf("-----END")), "breaks off within the key");
    assertRefused(whole.replaceFirst("(?<=-----\\s)\\S{8}", ""), "can be understood");
  }

  private void assertRefused(String text, String why) throws IOException {
    var key = write(text);
    assertThatThrownBy(() -> tls(Optional.empty(), Optional.of(ec.certificate()), Optional.of(key)))
        .isInstanceOf(TlsRefusal.class)
        .hasMessageContaining("key: " + key)
        .hasMessageContaining(why);
  }

  @Test
  void givenTheKeyOfAnotherThenItIsRefused() {
    assertThatThrownBy(
            () -> tls(Optional.empty(), Optional.of(ec.certificate()), Optional.of(rsa.key())))
        .hasMessageContaining("is not the key of the certificate in certificate ");
  }

  @Test
  void givenACertificateWithoutAKeyThenItIsRefused() {
    assertThatThrownBy(() -> tls(Optional.empty(), Optional.of(ec.certificate()), Optional.empty()))
        .hasMessageContaining("its key is missing");
  }

  @Test
  void givenAPlainAddressThenNothingIsRead() {
    var tls = clientTls(Optional.of(Path.of("/none")), Optional.empty(), Optional.empty());

    assertThat(tls.to(URI.create("http://127.0.0.1"), "url")).isEmpty();
    assertThat(tls.unused("url is http://127.0.0.1"))
        .contains("ca is not used: url is http://127.0.0.1, not https");
  }

  @Test
  void givenABundleInTheEnvironmentThenItReplacesThoseOfTheSystem() {
    var authorities =
        Authorities.ofSystem(name -> authority.file().toString(), List.of(Path.of("/none")));

    assertThat(authorities.manager().get().getAcceptedIssuers()).hasSize(1);
    assertThat(authorities.origin()).isEqualTo("$SSL_CERT_FILE " + authority.file());
  }

  @Test
  void givenNoBundleThenTheProgramsOwnListIsUsed() {
    var authorities = Authorities.ofSystem(name -> null, List.of(Path.of("/none")));

    assertThat(authorities.manager().get().getAcceptedIssuers()).isNotEmpty();
  }

  @Test
  void givenChangedFilesThenTheNextHandshakeShowsTheNewOnesAndBrokenOnesAreLeftOut()
      throws IOException {
    var certificate = Files.copy(ec.certificate(), directory.resolve("tls.crt"));
    var key = Files.copy(ec.key(), directory.resolve("tls.key"));
    var tls = tls(Optional.empty(), Optional.of(certificate), Optional.of(key));
    var keys = (X509ExtendedKeyManager) tls.keyManagers()[0];
    var before = String.valueOf(keys.chooseServerAlias("EC", null, null));

    Files.writeString(certificate, Files.readString(rsa.certificate()));
    assertThat(keys.chooseServerAlias("EC", null, null)).isEqualTo(before);

    Files.writeString(key, Files.readString(rsa.key()));
    var after = String.valueOf(keys.chooseServerAlias("RSA", null, null));
    assertThat(keys.chooseServerAlias("EC", null, null)).isNull();
    assertThat(String.valueOf(keys.getPrivateKey(after))).isNotEqualTo("null");
    assertThat(keys.getPrivateKey(before)).isNotNull();
  }

  @Test
  void givenAnExpiredCertificateThenItDoesNotReplaceAValidOneButIsUsedWhereThereIsNoOther()
      throws IOException {
    var old = authority.expiredServer("old");
    var certificate = Files.copy(rsa.certificate(), directory.resolve("tls.crt"));
    var key = Files.copy(rsa.key(), directory.resolve("tls.key"));
    var keys =
        (X509ExtendedKeyManager)
            tls(Optional.empty(), Optional.of(certificate), Optional.of(key)).keyManagers()[0];

    Files.writeString(certificate, Files.readString(old.certificate()));
    Files.writeString(key, Files.readString(old.key()));

    assertThat(keys.chooseServerAlias("RSA", null, null)).isNotNull();
    assertThat(keys.chooseServerAlias("EC", null, null)).isNull();
    var alone =
        (X509ExtendedKeyManager)
            tls(Optional.empty(), Optional.of(certificate), Optional.of(key)).keyManagers()[0];
    assertThat(alone.chooseServerAlias("EC", null, null)).isNotNull();
  }

  @Test
  void givenAPlainServerThenItIsSaid() {
    var failure = new IOException(new SSLException("Unsupported or unrecognized SSL message"));

    assertThat(ClientTls.NONE.why(failure).orElseThrow()).contains("does not speak TLS");
  }

  /** As Vert.x wraps it. */
  @Test
  void givenAWrapperOfTlsThenTheReasonWithinIsTold() {
    var plain =
        new SSLException(
            "Failed to create SSL connection", new SSLException("not an SSL/TLS record: 48"));
    var demanded =
        new SSLException(
            "Failed to create SSL connection",
            new SSLException("Received fatal alert: handshake_failure"));
    var other = new SSLException("Failed to create SSL connection", new SSLException("closed"));

    assertThat(ClientTls.NONE.why(plain).orElseThrow()).contains("does not speak TLS");
    assertThat(ClientTls.NONE.why(demanded).orElseThrow()).contains("perhaps it demands");
    assertThat(ClientTls.NONE.why(other).orElseThrow()).isEqualTo("TLS failed: closed");
  }

  @Test
  void givenAnAlertThenItIsTold() {
    var demanded = new SSLException("(certificate_required) Received fatal alert: bad_certificate");
    var shown = clientTls(Optional.empty(), Optional.of(ec.certificate()), Optional.of(ec.key()));

    assertThat(ClientTls.NONE.why(demanded).orElseThrow()).contains("demands a client certificate");
    assertThat(shown.why(demanded).orElseThrow())
        .contains("refuses the client certificate, certificate " + ec.certificate());
    assertThat(shown.why(new IOException("reset"))).isEmpty();
  }

  private static Identity identity(Authority.Issued issued) {
    return Identity.read(file("certificate", issued.certificate()), file("key", issued.key()));
  }

  private static Tls tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    return clientTls(ca, certificate, key).tls();
  }

  private static ClientTls clientTls(
      Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    return new ClientTls(
        ca.map(path -> file("ca", path)),
        certificate.map(path -> file("certificate", path)),
        key.map(path -> file("key", path)));
  }

  private static PemFile file(String setting, Path path) {
    return new PemFile(setting, path);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("file.pem"), text);
  }
}
