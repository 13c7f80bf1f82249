package io.hydra.docto.s3;

import io.hydra.docto.http.Headers;
import io.hydra.docto.http.Request;
import io.hydra.docto.s3.SigV4.Signed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Makes signed requests.
 *
 * @param credentials asked for each request; it remembers what it needs to
 */
record Requests(AwsCredentialsProvider credentials, SigV4 signer) {

  Request of(ObjectRange range, Target target, Instant now) {
    var who = credentials.resolveCredentials();
    var signed = new TreeMap<String, String>();
    signed.put("host", target.origin().authority());
    signed.put("if-match", range.ifMatch());
    signed.put("range", range.range());
    signed.put("x-amz-content-sha256", SigV4.EMPTY_BODY);
    signed.put("x-amz-date", SigV4.time(now));
    if (who instanceof AwsSessionCredentials session) {
      signed.put("x-amz-security-token", session.sessionToken());
    }
    var authorization =
        signer.authorization(
            keys(who), target.region(), new Signed(target.path(), target.query(), signed));
    var fields = new ArrayList<Headers.Field>();
    signed.remove("host");
    signed.forEach((name, value) -> fields.add(new Headers.Field(name, value)));
    fields.add(new Headers.Field("authorization", authorization));
    fields.add(new Headers.Field("accept-encoding", "identity"));
    fields.add(new Headers.Field("user-agent", "hydra-docto"));
    return new Request(target.origin(), target.text(), fields);
  }

  private static SigV4.Keys keys(AwsCredentials who) {
    return new SigV4.Keys(who.accessKeyId(), who.secretAccessKey());
  }
}
