package io.hydra.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a channel's owner chooses. A field left out takes its default.
 *
 * @param versionScheme how versions are written; default {@link VersionScheme#TIMESTAMP}
 * @param retainReleases how many releases the channel keeps besides those in use; default 10
 * @param retainOnNode how many releases nodes keep on disk, the live one included; default 2
 * @param maxUnavailable how many instances may be out at once; default 1
 * @param nodeSelector labels of nodes that hold the data even without an instance; default none
 * @param progressDeadline how long one instance may take for drain and reload before the release is
 *     rejected; default 10 minutes
 * @param uptime when the channel's consumers run in Kubernetes; default {@link Uptime#NONE}, which
 *     says nothing
 */
public record ChannelSettings(
    Optional<VersionScheme> versionScheme,
    Optional<Integer> retainReleases,
    Optional<Integer> retainOnNode,
    Optional<MaxUnavailable> maxUnavailable,
    Optional<Map<String, String>> nodeSelector,
    Optional<Duration> progressDeadline,
    Optional<Uptime> uptime) {

  public static final ChannelSettings DEFAULT =
      new ChannelSettings(
          Optional.of(VersionScheme.TIMESTAMP),
          Optional.of(10),
          Optional.of(2),
          Optional.of(MaxUnavailable.ONE),
          Optional.of(Map.of()),
          Optional.of(Duration.ofMinutes(10)),
          Optional.of(Uptime.NONE));

  /** Without a word of when consumers run. */
  public ChannelSettings(
      Optional<VersionScheme> versionScheme,
      Optional<Integer> retainReleases,
      Optional<Integer> retainOnNode,
      Optional<MaxUnavailable> maxUnavailable,
      Optional<Map<String, String>> nodeSelector,
      Optional<Duration> progressDeadline) {
    this(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        nodeSelector,
        progressDeadline,
        Optional.empty());
  }

  /** These settings, with what is absent taken from {@code base}. */
  public ChannelSettings over(ChannelSettings base) {
    return new ChannelSettings(
        versionScheme.or(base::versionScheme),
        retainReleases.or(base::retainReleases),
        retainOnNode.or(base::retainOnNode),
        maxUnavailable.or(base::maxUnavailable),
        nodeSelector.or(base::nodeSelector),
        progressDeadline.or(base::progressDeadline),
        uptime.or(base::uptime));
  }
}
