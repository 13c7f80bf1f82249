package io.hydra.docto.s3;

import io.hydra.docto.http.Headers;
import io.hydra.docto.http.Origin;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where to go on after an answer that sends elsewhere. A region is learnt, and the SDK's rules say
 * what host that is. A host is believed only with the same scheme and port, if it is the same one,
 * one below it, or Amazon's as before.
 */
final class Redirects {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 307, 308);

  /** No other host of Amazon's: anyone can have a machine or a load balancer there. */
  private static final Pattern AMAZON =
      Pattern.compile(
          "(.+\\.)?s3(-[a-z0-9-]+)?(\\.dualstack)?(\\.[a-z]{2}(-[a-z]+)+-\\d+)?"
              + "\\.amazonaws\\.com(\\.cn)?");

  private final Buckets buckets;

  Redirects(Buckets buckets) {
    this.buckets = buckets;
  }

  /**
   * Where else; empty if the answer does not say.
   *
   * @throws FetchException {@code DENIED} where it leads to a host that may not be asked
   */
  Optional<Target> next(
      ObjectRange range, Target from, int status, Headers headers, ErrorBody error)
      throws FetchException {
    boolean moved = STATUSES.contains(status);
    if (moved || status == 400) {
      var region = headers.first("x-amz-bucket-region").or(error::region).filter(buckets::isRegion);
      if (region.isPresent() && !region.get().equals(from.region())) {
        buckets.learn(range.bucket(), region.get());
        return Optional.of(buckets.target(range));
      }
    }
    return moved ? elsewhere(range, from, headers, error) : Optional.empty();
  }

  private Optional<Target> elsewhere(
      ObjectRange range, Target from, Headers headers, ErrorBody error) throws FetchException {
    var location =
        headers
            .first("location")
            .or(() -> error.endpoint().map(host -> scheme(from) + host + from.text()));
    if (location.isEmpty()) {
      return Optional.empty();
    }
    var to = target(range, from, location.get());
    if (!isAllowed(from.origin(), to.origin())) {
      throw new FetchException(
          Cause.DENIED,
          "%s: '%s' sends to '%s', which may not be asked"
              .formatted(range.name(), from.origin(), to.origin()));
    }
    return Optional.of(to).filter(it -> !it.equals(from));
  }

  private static Target target(ObjectRange range, Target from, String location)
      throws FetchException {
    try {
      var address = URI.create(scheme(from) + from.origin().authority() + "/").resolve(location);
      var path = address.getRawPath();
      return new Target(
          Origin.of(address),
          from.region(),
          path == null || path.isEmpty() ? "/" : path,
          sorted(Optional.ofNullable(address.getRawQuery()).orElse("")));
    } catch (IllegalArgumentException malformed) {
      throw new FetchException(
          Cause.UNEXPECTED, range.name() + " sends to an address that is none", malformed);
    }
  }

  /** As a signature wants it. */
  private static String sorted(String query) {
    return Arrays.stream(query.split("&"))
        .filter(it -> !it.isEmpty())
        .map(it -> it.indexOf('=') < 0 ? it + "=" : it)
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static boolean isAllowed(Origin from, Origin to) {
    return from.secure() == to.secure()
        && from.port() == to.port()
        && (to.host().equals(from.host())
            || to.host().endsWith("." + from.host())
            || (isAmazon(from) && isAmazon(to)));
  }

  private static boolean isAmazon(Origin origin) {
    return AMAZON.matcher(origin.host()).matches();
  }

  private static String scheme(Target target) {
    return target.origin().secure() ? "https://" : "http://";
  }
}
