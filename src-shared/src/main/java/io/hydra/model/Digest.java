package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a dataset's content: SHA-256 over its manifest's canonical form, as 64 lower-case
 * hexadecimal digits.
 *
 * @see Manifest#digest()
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "digest '%s' must be 64 lower-case hexadecimal digits".formatted(Printable.of(hex)));
    }
  }

  @JsonCreator
  public static Digest of(String hex) {
    return new Digest(hex);
  }

  /** SHA-256 of the bytes. */
  public static Digest sha256(byte[] bytes) {
    var builder = sha256();
    builder.add(bytes);
    return builder.digest();
  }

  /** SHA-256 of what is added. */
  public static Builder sha256() {
    try {
      return new Builder(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A digest of what comes piece by piece. */
  public static final class Builder {
    private final MessageDigest sum;

    private Builder(MessageDigest sum) {
      this.sum = sum;
    }

    public void add(byte[] bytes) {
      sum.update(bytes);
    }

    /** Adds it in UTF-8. */
    public void add(String text) {
      add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** To be called once. */
    public Digest digest() {
      return new Digest(HexFormat.of().formatHex(sum.digest()));
    }
  }

  /** The first twelve digits, for people. */
  public String brief() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  @JsonValue
  public String toString() {
    return hex;
  }
}
