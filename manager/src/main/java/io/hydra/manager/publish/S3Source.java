package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.SourcesConfig;
import io.hydra.model.Manifest;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import io.hydra.tls.ClientTls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3, or a server that speaks like it. Nothing is made of the order of its listings. */
@ApplicationScoped
class S3Source implements Source {
  private static final int CALLS_AT_ONCE = 32;

  private final Semaphore places = new Semaphore(CALLS_AT_ONCE);
  private final S3Client s3;
  private final ClientTls tls;
  private final Set<String> allowedBuckets;
  private final int mostFiles;

  @Inject
  S3Source(S3Client s3, SourcesConfig config, ClientTls tls) {
    this(s3, config, tls, MOST_FILES);
  }

  S3Source(S3Client s3, SourcesConfig config, ClientTls tls, int mostFiles) {
    this.s3 = s3;
    this.tls = tls;
    this.allowedBuckets = config.allowedBuckets();
    this.mostFiles = mostFiles;
  }

  @Override
  public List<ReleaseVersion> versions(SourcePattern pattern, VersionScheme scheme) {
    var folder = allowed(pattern.folder());
    var names =
        pattern.versionIsFolder() ? folderNames(folder, pattern) : fileNames(folder, pattern);
    return names.stream()
        .flatMap(name -> pattern.versionIn(name).stream())
        .flatMap(text -> scheme.parse(text).stream())
        .distinct()
        .toList();
  }

  private List<String> folderNames(S3Location folder, SourcePattern pattern) {
    return call(
        folder,
        () ->
            s3
                .listObjectsV2Paginator(
                    r ->
                        r.bucket(folder.bucket())
                            .prefix(folder.key() + pattern.before())
                            .delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .filter(prefix -> prefix.startsWith(folder.key()) && prefix.endsWith("/"))
                .map(prefix -> prefix.substring(folder.key().length(), prefix.length() - 1))
                .toList());
  }

  private List<String> fileNames(S3Location folder, SourcePattern pattern) {
    return call(
        folder,
        () ->
            s3
                .listObjectsV2Paginator(
                    r ->
                        r.bucket(folder.bucket())
                            .prefix(folder.key() + pattern.before())
                            .delimiter("/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.startsWith(folder.key()))
                .map(key -> key.substring(folder.key().length()))
                .toList());
  }

  @Override
  public boolean exists(String path) {
    var location = allowed(path);
    return call(location, () -> location.isPrefix() ? anyUnder(location) : isObject(location));
  }

  private boolean anyUnder(S3Location location) {
    return s3
        .listObjectsV2Paginator(r -> r.bucket(location.bucket()).prefix(location.key()))
        .contents()
        .stream()
        .anyMatch(object -> !isFolderMarker(object));
  }

  private boolean isObject(S3Location location) {
    try {
      s3.headObject(r -> r.bucket(location.bucket()).key(location.key()));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Manifest freeze(String path) {
    var location = allowed(path);
    return call(location, () -> freeze(location));
  }

  private Manifest freeze(S3Location location) {
    var freezer = new S3Freezer(s3, places, location.bucket());
    if (!location.isPrefix()) {
      if (!isObject(location)) {
        throw missing(location);
      }
      return new Manifest(List.of(freezer.freeze(location.key(), location.baseName())));
    }
    var keys =
        s3
            .listObjectsV2Paginator(r -> r.bucket(location.bucket()).prefix(location.key()))
            .contents()
            .stream()
            .filter(object -> !isFolderMarker(object))
            .map(S3Object::key)
            .limit(mostFiles + 1L)
            .toList();
    if (keys.isEmpty()) {
      throw missing(location);
    }
    if (keys.size() > mostFiles) {
      throw Source.tooLarge(location.toString(), mostFiles);
    }
    return freezer.freezeAll(location.key(), keys);
  }

  /** Consoles make such empty objects for folders. */
  private static boolean isFolderMarker(S3Object object) {
    return object.key().endsWith("/") && object.size() == 0;
  }

  private static HydraException missing(S3Location location) {
    return new HydraException(ErrorCode.SOURCE_MISSING, "no file lies at " + location);
  }

  private S3Location allowed(String path) {
    var location = S3Location.parse(path);
    if (!allowedBuckets.contains("*") && !allowedBuckets.contains(location.bucket())) {
      throw new HydraException(
          ErrorCode.SOURCE_NOT_ALLOWED,
          "bucket '%s' is not among those that this manager allows (hydra.sources.allowed-buckets)"
              .formatted(location.bucket()));
    }
    return location;
  }

  private <T> T call(S3Location location, Supplier<T> work) {
    try {
      return work.get();
    } catch (S3Exception e) {
      throw translate(location, e);
    } catch (SdkClientException e) {
      throw new HydraException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "S3 does not answer for %s: %s".formatted(location, tls.why(e).orElseGet(e::getMessage)),
          e);
    }
  }

  private static HydraException translate(S3Location location, S3Exception cause) {
    return switch (cause.statusCode()) {
      case 404 ->
          new HydraException(
              ErrorCode.SOURCE_MISSING, "%s: no such bucket or object".formatted(location), cause);
      case 401, 403 ->
          new HydraException(
              ErrorCode.SOURCE_NOT_ALLOWED,
              "S3 refuses the manager's credentials for %s".formatted(location),
              cause);
      case 400 ->
          new HydraException(
              ErrorCode.SOURCE_MISSING,
              "S3 does not accept %s: %s".formatted(location, cause.getMessage()),
              cause);
      default ->
          new HydraException(
              ErrorCode.SOURCE_UNAVAILABLE,
              "S3 answers for %s with status %d: %s"
                  .formatted(location, cause.statusCode(), cause.getMessage()),
              cause);
    };
  }
}
