package io.hydra.docto.verify;

import io.hydra.model.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes one checksum over bytes that come in order. */
sealed interface Hasher {
  void update(byte[] bytes, int offset, int length);

  /** Takes all that remains in the buffer. */
  void update(ByteBuffer bytes);

  /** The value over all bytes so far, lower-case; to be asked once. */
  String hex();

  static Hasher of(Checksum.Algorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> Digesting.of("SHA-256");
      case SHA1 -> Digesting.of("SHA-1");
      case MD5 -> Digesting.of("MD5");
      case CRC64NVME -> Cyclic.of(Crc.CRC64NVME);
      case CRC32C -> Cyclic.of(Crc.CRC32C);
      case CRC32 -> Cyclic.of(Crc.CRC32);
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
    public void update(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** A cyclic redundancy check. */
  record Cyclic(Crc crc, java.util.zip.Checksum sum) implements Hasher {
    static Cyclic of(Crc crc) {
      return new Cyclic(crc, crc.begin());
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      sum.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) {
      sum.update(bytes);
    }

    @Override
    public String hex() {
      return crc.hex(sum.getValue());
    }
  }
}
