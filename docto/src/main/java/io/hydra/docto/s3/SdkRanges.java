package io.hydra.docto.s3;

import io.hydra.docto.http.RefusedAddress;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * By the AWS SDK.
 *
 * @param why TLS failed, where it did
 */
record SdkRanges(S3Client s3, Function<Throwable, Optional<String>> why) implements RangeReader {

  @Override
  public Source.Body get(ObjectRange range) throws FetchException {
    var request =
        GetObjectRequest.builder()
            .bucket(range.bucket())
            .key(range.key())
            .range(range.range())
            .ifMatch(range.ifMatch());
    range.versionId().ifPresent(request::versionId);
    try {
      return accepted(Interruptibly.call(() -> s3.getObject(request.build())), range);
    } catch (S3Exception refused) {
      throw refusal(refused).exception(range);
    } catch (SdkClientException broken) {
      throw brokenOff(broken, range);
    } catch (IOException unexpected) {
      throw new FetchException(
          Cause.RESET, "%s: %s".formatted(range.name(), unexpected.getMessage()), unexpected);
    }
  }

  private static Source.Body accepted(
      ResponseInputStream<GetObjectResponse> answer, ObjectRange range) throws FetchException {
    var response = answer.response();
    var contentRange = Optional.ofNullable(response.contentRange());
    @Nullable Long length = response.contentLength();
    try {
      Acceptance.check(
          range,
          contentRange.isEmpty() && range.isWhole() ? 200 : 206,
          contentRange,
          length == null ? OptionalLong.empty() : OptionalLong.of(length),
          Optional.ofNullable(response.eTag()));
      return new SdkBody(answer, range.length(), length != null);
    } catch (FetchException refused) {
      answer.abort();
      throw refused;
    }
  }

  private static Refusal refusal(S3Exception refused) {
    var details = Optional.<AwsErrorDetails>ofNullable(refused.awsErrorDetails());
    return new Refusal(
        refused.statusCode(),
        details.flatMap(it -> Optional.ofNullable(it.errorCode())),
        details.flatMap(it -> Optional.ofNullable(it.errorMessage())),
        Refusal.retryAfter(
            details
                .flatMap(it -> Optional.ofNullable(it.sdkHttpResponse()))
                .flatMap(it -> it.firstMatchingHeader("Retry-After")),
            Instant.now()));
  }

  private FetchException brokenOff(SdkClientException broken, ObjectRange range) {
    if (broken instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    return new FetchException(
        reason(broken),
        "%s: %s".formatted(range.name(), why.apply(broken).orElseGet(broken::getMessage)),
        broken);
  }

  private static Cause reason(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return Cause.STALLED;
      }
      if (cause instanceof RefusedAddress) {
        return Cause.DENIED;
      }
    }
    return Cause.RESET;
  }
}
