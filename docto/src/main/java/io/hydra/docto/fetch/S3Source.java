package io.hydra.docto.fetch;

import io.hydra.docto.fetch.FetchException.Cause;
import io.hydra.model.ManifestFile;
import io.hydra.tls.ClientTls;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of an S3 bucket, by ranged GETs that hold only while the object is the frozen one. */
record S3Source(S3Client s3, S3Address address, ClientTls tls) implements Source {

  @Override
  public Body open(ManifestFile file, long from, long length) throws FetchException {
    if (file.versionId().isEmpty()) {
      return get(file, from, length, Optional.empty());
    }
    try {
      return get(file, from, length, file.versionId());
    } catch (FetchException e) {
      if (!mayMeanUnknownVersion(e.reason())) {
        throw e;
      }
      // The same content under another prefix has one manifest, whose version ids may be those of
      // the other objects. The ETag still holds the object to what was frozen.
      return get(file, from, length, Optional.empty());
    }
  }

  /** AWS says 404, or 403 to those who may not list the bucket; others say 400. */
  private static boolean mayMeanUnknownVersion(Cause reason) {
    return reason == Cause.MISSING || reason == Cause.DENIED || reason == Cause.UNEXPECTED;
  }

  private Body get(ManifestFile file, long from, long length, Optional<String> versionId)
      throws FetchException {
    var key = address.keyOf(file.path());
    var request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(key)
            .range("bytes=" + from + "-" + (from + length - 1))
            .ifMatch("\"" + file.etag() + "\"");
    versionId.ifPresent(request::versionId);
    try {
      return accept(s3.getObject(request.build()), file, from, length);
    } catch (S3Exception refused) {
      throw refusal(refused, key);
    } catch (SdkClientException broken) {
      throw brokenOff(broken, key);
    }
  }

  /** Takes only the range that was asked for, of an object of the frozen size. */
  private Body accept(
      ResponseInputStream<GetObjectResponse> answer, ManifestFile file, long from, long length)
      throws FetchException {
    var response = answer.response();
    boolean whole = from == 0 && length == file.size();
    @Nullable String range = response.contentRange();
    var expected = "bytes %d-%d/%d".formatted(from, from + length - 1, file.size());
    @Nullable Long promised = response.contentLength();
    if (range == null ? whole : range.equals(expected)) {
      if (promised == null || promised == length) {
        return new S3Body(answer, length);
      }
    }
    answer.abort();
    throw new FetchException(
        Cause.CHANGED,
        "'%s' answers with range %s of %s bytes, the manifest needs %s"
            .formatted(file.path(), range, promised, expected));
  }

  private FetchException refusal(S3Exception refused, String key) {
    int status = refused.statusCode();
    var cause = causeOf(status);
    return new FetchException(
        cause,
        "s3://%s/%s answers with HTTP status %d%s"
            .formatted(
                address.bucket(),
                key,
                status,
                cause == Cause.CHANGED ? ": it is not what was published" : ""),
        refused);
  }

  private static Cause causeOf(int status) {
    if (status == 429 || status == 503) {
      return Cause.THROTTLED;
    }
    if (status >= 500) {
      return Cause.SERVER_ERROR;
    }
    return switch (status) {
      case 412, 416 -> Cause.CHANGED;
      case 404 -> Cause.MISSING;
      case 401, 403 -> Cause.DENIED;
      default -> Cause.UNEXPECTED;
    };
  }

  private FetchException brokenOff(SdkClientException broken, String key) {
    if (broken instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    var cause = timedOut(broken) ? Cause.STALLED : Cause.RESET;
    return new FetchException(
        cause,
        "s3://%s/%s: %s"
            .formatted(address.bucket(), key, tls.why(broken).orElseGet(broken::getMessage)),
        broken);
  }

  private static boolean timedOut(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static final class S3Body implements Body {
    private final ResponseInputStream<GetObjectResponse> stream;
    private long left;

    S3Body(ResponseInputStream<GetObjectResponse> stream, long length) {
      this.stream = stream;
      this.left = length;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = stream.read(buffer, offset, length);
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() {
      if (left > 0) {
        stream.abort();
        return;
      }
      try {
        // Read to its end, the connection can be used again.
        stream.close();
      } catch (IOException alreadyBroken) {
        stream.abort();
      }
    }
  }
}
