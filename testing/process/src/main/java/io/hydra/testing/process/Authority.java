package io.hydra.testing.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A private certificate authority: certificates for tests, made by the JDK's keytool. */
public final class Authority {
  private static final String PASSWORD = "of-no-secret";

  /**
   * PEM files of a certificate, with that of its authority, and of its key.
   *
   * @param name its alias
   */
  public record Issued(String name, Path certificate, Path key) {}

  private final Path directory;
  private final Path store;

  /** A new one, with all that it makes in a directory of its own. */
  public Authority(Path directory, String name) {
    try {
      this.directory = Files.createDirectories(directory.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    this.store = this.directory.resolve("store.p12");
    keytool("ca", "CN=" + name, 365, List.of("-ext", "bc:c", "-ext", "ku:c=keyCertSign"));
    write(file("ca"), pem("CERTIFICATE", encoded(certificates("ca").getFirst())));
  }

  /** PEM file of its own certificate. */
  public Path file() {
    return file("ca");
  }

  /** A certificate for {@code localhost} and {@code 127.0.0.1}. */
  public Issued server(String name) {
    return issue(name, "EC", "dns:localhost,ip:127.0.0.1", 0, 30);
  }

  /** A certificate for another host. */
  public Issued server(String name, String host) {
    return issue(name, "EC", "dns:" + host, 0, 30);
  }

  /**
   * A certificate for a server of several names.
   *
   * @param names as keytool has them: {@code dns:localhost,ip:127.0.0.1}
   */
  public Issued serverOf(String name, String names) {
    return issue(name, "EC", names, 0, 30);
  }

  /** A server's certificate that was valid until yesterday. */
  public Issued expiredServer(String name) {
    return issue(name, "EC", "dns:localhost,ip:127.0.0.1", -10, 9);
  }

  /** A server's certificate with an RSA key. */
  public Issued rsaServer(String name) {
    return issue(name, "RSA", "dns:localhost,ip:127.0.0.1", 0, 30);
  }

  /** A certificate that says who a client is. */
  public Issued client(String name) {
    return issue(name, "EC", "dns:" + name, 0, 30);
  }

  /** For servers and clients of tests: shows that certificate, and trusts this authority. */
  public SSLContext context(Issued issued) {
    return context(List.of(issued.name()));
  }

  /** For clients that trust this authority and have nothing to show. */
  public SSLContext contextOfNobody() {
    return context(List.of());
  }

  private SSLContext context(List<String> shown) {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      var own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      for (var alias : shown) {
        own.setKeyEntry(
            alias,
            key(alias),
            PASSWORD.toCharArray(),
            certificates(alias).toArray(Certificate[]::new));
      }
      keys.init(own, PASSWORD.toCharArray());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", certificates("ca").getFirst());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Issued issue(String name, String algorithm, String names, int startDays, int days) {
    var more =
        new ArrayList<>(
            List.of("-signer", "ca", "-startdate", "%+dd".formatted(startDays), "-ext"));
    more.add("san=" + names);
    keytool(name, "CN=" + name, days, more, algorithm);
    var chain = new StringBuilder();
    certificates(name).forEach(one -> chain.append(pem("CERTIFICATE", encoded(one))));
    write(file(name), chain.toString());
    var key = directory.resolve(name + ".key.pem");
    write(key, pem("PRIVATE KEY", key(name).getEncoded()));
    return new Issued(name, file(name), key);
  }

  private void keytool(String alias, String subject, int days, List<String> more) {
    keytool(alias, subject, days, more, "EC");
  }

  private void keytool(
      String alias, String subject, int days, List<String> more, String algorithm) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", alias));
    command.addAll(List.of("-dname", subject, "-keyalg", algorithm));
    command.addAll(List.of("-validity", Integer.toString(days)));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(more);
    try {
      var log = directory.resolve("keytool.log").toFile();
      var process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
      if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool failed: " + Files.readString(log.toPath()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private List<Certificate> certificates(String alias) {
    try {
      return List.of(load().getCertificateChain(alias));
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private PrivateKey key(String alias) {
    try {
      return (PrivateKey) load().getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ".pem");
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content),
            label);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
