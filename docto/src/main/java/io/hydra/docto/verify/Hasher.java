package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Computes one checksum over bytes that come in order. */
public sealed interface Hasher {
  void update(byte[] bytes, int offset, int length);

  /** The value over all bytes so far, lower-case; to be asked once. */
  String hex();

  static Hasher of(Checksum.Algorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> Digesting.of("SHA-256");
      case SHA1 -> Digesting.of("SHA-1");
      case MD5 -> Digesting.of("MD5");
      case CRC64NVME -> new Cyclic(new Crc64Nvme(), 16);
      case CRC32C -> new Cyclic(new CRC32C(), 8);
      case CRC32 -> new Cyclic(new CRC32(), 8);
    };
  }

  /** A cryptographic digest. */
  record Digesting(MessageDigest digest) implements Hasher {
    static Digesting of(String algorithm) {
      try {
        return new Digesting(MessageDigest.getInstance(algorithm));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** A cyclic redundancy check of so many hexadecimal digits. */
  record Cyclic(java.util.zip.Checksum sum, int digits) implements Hasher {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      sum.update(bytes, offset, length);
    }

    @Override
    public String hex() {
      return String.format(Locale.ROOT, "%0" + digits + "x", sum.getValue());
    }
  }
}
