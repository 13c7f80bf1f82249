package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import io.hydra.wire.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a publisher wants to append, held against the state of the channel at that moment. Pure.
 *
 * @param as the release's version; found when empty
 * @param again whether somebody asks for this very content, be it older than the head or rejected
 */
record ReleaseDraft(
    List<ReleaseDataset> datasets, Optional<ReleaseVersion> as, boolean again, Instant now) {

  static ReleaseDraft of(List<ReleaseDataset> datasets, Instant now) {
    return new ReleaseDraft(datasets, Optional.empty(), false, now);
  }

  /** The content of a release that there is, which may be old, or rejected. */
  static ReleaseDraft again(Release original, Optional<ReleaseVersion> as, Instant now) {
    return new ReleaseDraft(original.datasets(), as, true, now);
  }

  /**
   * The release that the channel has for this content already.
   *
   * @throws HydraException {@code RELEASE_REJECTED} when that one was rejected
   */
  Optional<Release> existing(Channel channel) {
    var placed = datasets.stream().map(ReleaseDataset::placed).toList();
    var same = channel.newest().filter(r -> sameContent(r.placed(), placed));
    var rejection = same.flatMap(r -> Optional.ofNullable(channel.rejected().get(r.sequence())));
    if (rejection.isPresent() && !again) {
      throw rejected(same.get().version(), rejection.get());
    }
    return rejection.isPresent() ? Optional.empty() : same;
  }

  /** The same datasets with the same content in the same places, whatever their order. */
  static boolean sameContent(List<PlacedDataset> left, List<PlacedDataset> right) {
    return Set.copyOf(left).equals(Set.copyOf(right));
  }

  private static HydraException rejected(ReleaseVersion version, Rejection rejection) {
    return new HydraException(
        ErrorCode.RELEASE_REJECTED,
        "release %s has this content and was rejected (%s); publish other content, or choose it with `hydra republish %s` or `hydra pin %s`"
            .formatted(version, rejection.reason(), version, version),
        Map.of("version", version.value()));
  }

  /**
   * The release that would be appended.
   *
   * @throws HydraException {@code OLDER_THAN_HEAD} naming the dataset, {@code INVALID_REQUEST}
   *     where there is no version for it
   */
  Release next(Channel channel) {
    if (!again) {
      refuseOlder(channel);
    }
    var version = as.map(v -> given(v, channel)).orElseGet(() -> version(channel));
    return new Release(channel.id(), channel.lastSequence() + 1, version, now, datasets);
  }

  private void refuseOlder(Channel channel) {
    var scheme = scheme(channel);
    var newest = channel.candidate().or(channel::headRelease);
    for (var dataset : datasets) {
      for (var old : newest.map(Release::datasets).orElse(List.of())) {
        if (old.name().equals(dataset.name()) && isOlder(dataset, old, scheme)) {
          throw new HydraException(
              ErrorCode.OLDER_THAN_HEAD,
              "dataset '%s': version %s is older than %s in %s"
                  .formatted(
                      dataset.name(),
                      dataset.version().orElseThrow(),
                      old.version().orElseThrow(),
                      channel
                          .candidate()
                          .map(
                              r ->
                                  "staged %s; to take that back, use `hydra reject %s`"
                                      .formatted(r.ref(), r.version()))
                          .orElse("the head; to go back, use `hydra rollback`")),
              Map.of("dataset", dataset.name().value()));
        }
      }
    }
  }

  private static boolean isOlder(ReleaseDataset dataset, ReleaseDataset old, VersionScheme scheme) {
    return dataset.version().isPresent()
        && old.version().isPresent()
        && comparable(scheme, dataset.version().get(), old.version().get())
        && scheme.compare(dataset.version().get(), old.version().get()) < 0;
  }

  /** A channel's scheme may have been changed since the head was published. */
  private static boolean comparable(
      VersionScheme scheme, ReleaseVersion left, ReleaseVersion right) {
    return scheme.parse(left.value()).isPresent() && scheme.parse(right.value()).isPresent();
  }

  private static ReleaseVersion given(ReleaseVersion version, Channel channel) {
    var scheme = scheme(channel);
    var last = last(channel);
    if (scheme.parse(version.value()).isPresent()
        && last.filter(v -> scheme.compare(version, v) <= 0).isEmpty()) {
      return version;
    }
    throw new HydraException(
        ErrorCode.INVALID_REQUEST,
        "version '%s' must be one of the scheme %s, and newer than %s"
            .formatted(version, scheme, last.map(ReleaseVersion::value).orElse("none")),
        Map.of("version", version.value()));
  }

  /**
   * The newest version that is one of the channel's scheme, which may have been another meanwhile:
   * no version names two releases.
   */
  private static Optional<ReleaseVersion> last(Channel channel) {
    var scheme = scheme(channel);
    return channel.releases().stream()
        .map(Release::version)
        .filter(version -> scheme.parse(version.value()).isPresent())
        .max(scheme::compare);
  }

  private ReleaseVersion version(Channel channel) {
    var scheme = scheme(channel);
    var newest =
        datasets.stream()
            .flatMap(dataset -> dataset.version().stream())
            .filter(v -> scheme.parse(v.value()).isPresent())
            .max(Comparator.comparing((ReleaseVersion v) -> v, scheme::compare));
    var last = last(channel);
    if (newest.isPresent() && (last.isEmpty() || scheme.compare(newest.get(), last.get()) > 0)) {
      return newest.get();
    }
    var byTime = scheme.at(now).filter(v -> last.isEmpty() || scheme.compare(v, last.get()) > 0);
    return byTime
        .or(() -> last.flatMap(v -> after(v, scheme)))
        .orElseThrow(() -> noVersion(scheme, last));
  }

  /** The clock went back, or two releases came within a second. */
  private static Optional<ReleaseVersion> after(ReleaseVersion last, VersionScheme scheme) {
    return scheme.instant(last).map(i -> i.plus(Duration.ofSeconds(1))).flatMap(scheme::at);
  }

  private static HydraException noVersion(VersionScheme scheme, Optional<ReleaseVersion> last) {
    return new HydraException(
        ErrorCode.INVALID_REQUEST,
        "no dataset brings a version newer than %s, and the scheme %s cannot make one up; upload the data under a newer version"
            .formatted(last.map(ReleaseVersion::value).orElse("none"), scheme));
  }

  private static VersionScheme scheme(Channel channel) {
    return channel.settings().versionScheme().orElse(VersionScheme.TIMESTAMP);
  }
}
