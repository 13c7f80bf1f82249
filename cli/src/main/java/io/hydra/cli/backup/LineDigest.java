package io.hydra.cli.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of lines, each with its end. */
final class LineDigest {
  private final MessageDigest digest = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(byte[] line) {
    digest.update(line);
    digest.update((byte) '\n');
  }

  /** Of all lines so far, hexadecimal; then it begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
