package io.hydra.docto.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.s3.SigV4.Keys;
import io.hydra.docto.s3.SigV4.Signed;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4Test {
  /**
   * Of the examples in the S3 API reference, "Authenticating Requests: Using the Authorization
   * Header".
   */
  private static final Keys S3_EXAMPLE =
      new Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  /** Of the test suite for Signature Version 4. */
  private static final Keys SUITE =
      new Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

  private static final SigV4 SHARED = new SigV4("s3");

  @Test
  void givenTheExampleOfARangeThenItsSignature() {
    assertThat(ofExample("/test.txt", "", Map.of("range", "bytes=0-9")))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void givenTheExamplesOfQueriesThenTheirSignatures() {
    assertThat(ofExample("/", "lifecycle=", Map.of()))
        .endsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(ofExample("/", "max-keys=2&prefix=J", Map.of()))
        .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void givenTheSuitesVectorsThenTheirSignatures() {
    assertThat(ofSuite("")) // get-vanilla
        .endsWith("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    assertThat(ofSuite("Param1=value1&Param2=value2")) // get-vanilla-query-order-key-case
        .endsWith("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  }

  @Test
  void givenMoreThanAreKeptThenKeysAreDerivedAnew() {
    var signer = new SigV4("s3");
    var fields = new TreeMap<>(Map.of("host", "h", "x-amz-date", "20300101T000000Z"));
    var first = signer.authorization(SUITE, "eu-west-1", new Signed("/", "", fields));
    for (int i = 0; i < 100; i++) {
      signer.authorization(SUITE, "region-" + i, new Signed("/", "", fields));
    }

    assertThat(signer.keys()).hasSizeLessThanOrEqualTo(16);
    assertThat(signer.authorization(SUITE, "eu-west-1", new Signed("/", "", fields)))
        .isEqualTo(first);
  }

  @Test
  void givenSecretsThenTheyAreNotShown() {
    assertThat(S3_EXAMPLE).hasToString("Keys[AKIAIOSFODNN7EXAMPLE]");
    ofExample("/", "", Map.of());
    assertThat(SHARED.keys().keySet().toString()).doesNotContain(S3_EXAMPLE.secret());
  }

  @Property(tries = 500)
  void givenAnyKeyThenTheSignatureIsThatOfTheSdk(
      @ForAll @StringLength(max = 40) String key,
      @ForAll @StringLength(max = 10) String version,
      @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 40) String secret,
      @ForAll @LongRange(max = 4_000_000_000L) long seconds,
      @ForAll boolean session) {
    var target = "/bucket/" + PercentEncoding.ofKey(key);
    var query = version.isEmpty() ? "" : "versionId=" + PercentEncoding.ofValue(version);
    var now = Instant.ofEpochSecond(seconds);
    Optional<String> token = session ? Optional.of("token/" + secret) : Optional.empty();

    var bySdk = bySdk(target + (query.isEmpty() ? "" : "?" + query), secret, token, now);
    var fields = new TreeMap<String, String>();
    fields.put("host", "s3.test:9000");
    fields.put("if-match", "\"etag\"");
    fields.put("range", "bytes=0-9");
    fields.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    fields.put("x-amz-date", SigV4.time(now));
    token.ifPresent(it -> fields.put("x-amz-security-token", it));

    assertThat(
            SHARED.authorization(
                new Keys("id", secret), "eu-west-1", new Signed(target, query, fields)))
        .isEqualTo(bySdk);
  }

  private static String bySdk(String target, String secret, Optional<String> token, Instant now) {
    AwsCredentialsIdentity identity =
        token.isPresent()
            ? AwsSessionCredentialsIdentity.create("id", secret, token.get())
            : AwsCredentialsIdentity.create("id", secret);
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("https://s3.test:9000" + target))
            .putHeader("if-match", "\"etag\"")
            .putHeader("range", "bytes=0-9")
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            it ->
                it.identity(identity)
                    .request(request)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }

  private static String ofExample(String path, String query, Map<String, String> more) {
    var fields = new TreeMap<>(more);
    fields.put("host", "examplebucket.s3.amazonaws.com");
    fields.put("x-amz-content-sha256", SigV4.EMPTY_BODY);
    fields.put("x-amz-date", "20130524T000000Z");
    return SHARED.authorization(S3_EXAMPLE, "us-east-1", new Signed(path, query, fields));
  }

  private static String ofSuite(String query) {
    var fields =
        new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));
    return new SigV4("service").authorization(SUITE, "us-east-1", new Signed("/", query, fields));
  }
}
