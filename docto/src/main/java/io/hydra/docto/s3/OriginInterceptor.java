package io.hydra.docto.s3;

import io.hydra.docto.http.Origin;
import io.hydra.docto.http.OriginCheck;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps requests of S3 from addresses where no source may be. The SDK resolves the name once more
 * after this; Java then still has the answer (30 s, {@code networkaddress.cache.ttl}). How the SDK
 * gets credentials is another client's matter, which does ask such addresses.
 */
record OriginInterceptor(OriginCheck check) implements ExecutionInterceptor {

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes unused) {
    try {
      check.require(Origin.of(context.httpRequest().getUri()));
    } catch (IOException | IllegalArgumentException refused) {
      throw SdkClientException.create(refused.getMessage(), refused);
    }
  }
}
