package io.hydra.tls;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns failures of handshakes into words. */
final class Handshakes {
  private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]+)");

  private Handshakes() {}

  /**
   * @param shown the certificate that this side has to show
   */
  static Optional<String> why(@Nullable Throwable failure, Optional<PemFile> shown) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedCertificate explained) {
        return Optional.of(String.valueOf(explained.getMessage()));
      }
      if (cause instanceof TlsRefusal refused) {
        return Optional.of(String.valueOf(refused.getMessage()));
      }
    }
    // Libraries wrap what TLS itself said in exceptions of TLS that say less.
    Optional<String> said = Optional.empty();
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = String.valueOf(cause.getMessage());
      var alert = ALERT.matcher(message);
      if (alert.find()) {
        return Optional.of(alert(alert.group(1), shown));
      }
      if (message.contains("not an SSL/TLS record") || message.contains("recognized SSL message")) {
        return Optional.of("what answers there does not speak TLS; does it speak plain http?");
      }
      if (cause instanceof SSLException) {
        said = Optional.of("TLS failed: " + message);
      }
    }
    return said;
  }

  private static String alert(String alert, Optional<PemFile> shown) {
    return switch (alert) {
      case "certificate_required" -> demanded(alert);
      case "bad_certificate" ->
          shown.map(file -> refused(file, alert)).orElseGet(() -> demanded(alert));
      case "handshake_failure" ->
          "the server ends the handshake (%s); perhaps %s"
              .formatted(
                  alert,
                  shown.isPresent()
                      ? "it refuses the client certificate, " + shown.get()
                      : "it demands a client certificate, and none is configured");
      case "unknown_ca",
          "certificate_unknown",
          "certificate_expired",
          "certificate_revoked",
          "unsupported_certificate",
          "access_denied",
          "decrypt_error" ->
          shown
              .map(file -> refused(file, alert))
              .orElseGet(() -> "the server ends the handshake (%s)".formatted(alert));
      case "protocol_version" -> "the server speaks neither TLS 1.3 nor TLS 1.2 (protocol_version)";
      case "unrecognized_name" ->
          "the server does not know the host name that it was asked for (unrecognized_name)";
      default -> "the server ends the handshake (%s)".formatted(alert);
    };
  }

  private static String demanded(String alert) {
    return "the server demands a client certificate, and none is configured (%s)".formatted(alert);
  }

  private static String refused(PemFile shown, String alert) {
    return "the server refuses the client certificate, %s (%s); does it trust its authority?"
        .formatted(shown, alert);
  }
}
