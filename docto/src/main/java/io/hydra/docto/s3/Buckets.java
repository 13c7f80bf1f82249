package io.hydra.docto.s3;

import io.hydra.docto.http.Origin;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Utilities;

/**
 * Where buckets are reached: by the SDK's rules of endpoints (style, dual stack, FIPS, its own
 * settings), in the regions that answers told of.
 */
final class Buckets {
  /** Goes into host names. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private static final String ANY_KEY = "key";

  /** As the SDK's rules of endpoints know them. */
  private static final List<String> SPECIAL = List.of("--x-s3", "--ol-s3", "--op-s3", ".mrap");

  private record Place(String bucket, String region) {}

  /**
   * @param path begins and ends in '/'
   */
  private record Base(Origin origin, String path) {}

  private final S3Utilities addresses;
  private final String region;
  private final Map<String, String> regions = new ConcurrentHashMap<>();
  private final Map<Place, Base> bases = new ConcurrentHashMap<>();

  /**
   * @param region of buckets of which nothing else is known
   */
  Buckets(S3Utilities addresses, String region) {
    this.addresses = addresses;
    this.region = region;
  }

  /**
   * Directory buckets, access points of Object Lambda and Outposts, and those of several regions:
   * they want sessions or signatures of another kind.
   */
  static boolean areSpecial(String bucket) {
    return bucket.startsWith("arn:") || SPECIAL.stream().anyMatch(bucket::endsWith);
  }

  Target target(ObjectRange range) throws FetchException {
    var here = regions.getOrDefault(range.bucket(), region);
    var base = base(new Place(range.bucket(), here));
    return new Target(
        base.origin(),
        here,
        base.path() + PercentEncoding.ofKey(range.key()),
        range.versionId().map(it -> "versionId=" + PercentEncoding.ofValue(it)).orElse(""));
  }

  /** What looks like no region is not one, and is not remembered. */
  boolean isRegion(String name) {
    return REGION.matcher(name).matches();
  }

  void learn(String bucket, String newRegion) {
    regions.put(bucket, newRegion);
  }

  private Base base(Place place) throws FetchException {
    var known = bases.get(place);
    if (known != null) {
      return known;
    }
    try {
      var address =
          URI.create(
              addresses
                  .getUrl(
                      it ->
                          it.bucket(place.bucket()).key(ANY_KEY).region(Region.of(place.region())))
                  .toString());
      var path = address.getRawPath();
      var base = new Base(Origin.of(address), path.substring(0, path.length() - ANY_KEY.length()));
      bases.put(place, base);
      return base;
    } catch (RuntimeException impossible) {
      throw new FetchException(
          Cause.UNEXPECTED,
          "bucket '%s' has no address: %s".formatted(place.bucket(), impossible.getMessage()),
          impossible);
    }
  }
}
