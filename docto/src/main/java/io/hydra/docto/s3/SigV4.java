package io.hydra.docto.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 of GETs, in the field Authorization (<a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 * a signed AWS API request</a>). What is derived from a secret for a day and a region is kept.
 *
 * @param service such as {@code s3}
 */
record SigV4(String service, Map<Scope, SecretKeySpec> keys) {
  /** SHA-256 of no bytes: what a GET's body is. */
  static final String EMPTY_BODY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String MAC = "HmacSHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = "yyyyMMdd".length();

  /** Of a node: those of a day, for a region or two; credentials may change each hour. */
  private static final int MOST_KEYS = 16;

  /** Who signs. */
  record Keys(String id, String secret) {
    @Override
    public String toString() {
      return "Keys[" + id + "]";
    }
  }

  private record Scope(String secret, String date, String region) {
    @Override
    public String toString() {
      return "Scope[" + date + ", " + region + "]";
    }
  }

  /**
   * What is signed of a request.
   *
   * @param path percent-encoded as it is sent
   * @param query percent-encoded, sorted by names; empty without one
   * @param fields by lower-case names, with {@code host} and {@code x-amz-date}
   */
  record Signed(String path, String query, SortedMap<String, String> fields) {}

  SigV4(String service) {
    this(service, new ConcurrentHashMap<>());
  }

  /** Value of the field {@code x-amz-date}. */
  static String time(Instant now) {
    return TIME.format(now);
  }

  /** Value of the field Authorization. */
  String authorization(Keys signer, String region, Signed request) {
    var time = String.valueOf(request.fields().get("x-amz-date"));
    var date = time.substring(0, DATE_LENGTH);
    var scope = date + "/" + region + "/" + service + "/aws4_request";
    var names = String.join(";", request.fields().keySet());
    var canonical = canonical(request, names);
    var toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(canonical);
    var signature =
        HexFormat.of().formatHex(mac(key(new Scope(signer.secret(), date, region)), toSign));
    return ALGORITHM
        + (" Credential=" + signer.id() + "/" + scope)
        + (", SignedHeaders=" + names)
        + (", Signature=" + signature);
  }

  private static String canonical(Signed request, String names) {
    var canonical =
        new StringBuilder(512)
            .append("GET\n")
            .append(request.path())
            .append('\n')
            .append(request.query())
            .append('\n');
    request
        .fields()
        .forEach(
            (name, value) -> canonical.append(name).append(':').append(value.strip()).append('\n'));
    return canonical
        .append('\n')
        .append(names)
        .append('\n')
        .append(request.fields().getOrDefault("x-amz-content-sha256", EMPTY_BODY))
        .toString();
  }

  private SecretKeySpec key(Scope scope) {
    var known = keys.get(scope);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MOST_KEYS) {
      keys.clear();
    }
    var derived = derived(scope);
    keys.put(scope, derived);
    return derived;
  }

  private SecretKeySpec derived(Scope scope) {
    var secret = new SecretKeySpec(("AWS4" + scope.secret()).getBytes(UTF_8), MAC);
    var date = new SecretKeySpec(mac(secret, scope.date()), MAC);
    var region = new SecretKeySpec(mac(date, scope.region()), MAC);
    var forService = new SecretKeySpec(mac(region, service), MAC);
    return new SecretKeySpec(mac(forService, "aws4_request"), MAC);
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (InvalidKeyException wrong) {
      throw new IllegalArgumentException("no key for a signature", wrong);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + MAC, impossible);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
