package io.hydra.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a channel's owner chooses. A field left out takes its default.
 *
 * @param versionScheme how versions are written; default {@link VersionScheme#TIMESTAMP}
 * @param retainReleases how many releases the channel keeps besides those in use, up to {@value
 *     #MOST_RELEASES}; default 10
 * @param retainOnNode how many releases nodes keep on disk, the live one included; default 2
 * @param maxUnavailable how many instances may be out at once; default 1
 * @param nodeSelector labels of nodes that hold the data even without an instance; default none
 * @param progressDeadline how long one instance may take for drain and reload before the release is
 *     rejected; default 10 minutes
 * @param uptime when the channel's consumers run in Kubernetes; default {@link Uptime#NONE}, which
 *     says nothing
 * @param consumerNamespaces namespaces of Kubernetes whose pods may consume the channel, besides
 *     its own; {@value #ANY_NAMESPACE} for all; default none
 * @param retainFor how long the channel keeps a release after it was published, whatever their
 *     number, up to {@value #MOST_RELEASES}; default zero: the number alone counts
 * @param promotion when a published release becomes the head; default {@link Promotion#IMMEDIATE}
 */
public record ChannelSettings(
    Optional<VersionScheme> versionScheme,
    Optional<Integer> retainReleases,
    Optional<Integer> retainOnNode,
    Optional<MaxUnavailable> maxUnavailable,
    Optional<Map<String, String>> nodeSelector,
    Optional<Duration> progressDeadline,
    Optional<Uptime> uptime,
    Optional<Set<String>> consumerNamespaces,
    Optional<Promotion> promotion,
    Optional<Duration> retainFor) {
  /** A channel's state, which each change writes anew, must stay small enough for any store. */
  public static final int MOST_RELEASES = 1000;

  /** Stands for every namespace. */
  public static final String ANY_NAMESPACE = "*";

  /** Nothing chosen. */
  public static final ChannelSettings NONE =
      new ChannelSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public static final ChannelSettings DEFAULT =
      new ChannelSettings(
          Optional.of(VersionScheme.TIMESTAMP),
          Optional.of(10),
          Optional.of(2),
          Optional.of(MaxUnavailable.ONE),
          Optional.of(Map.of()),
          Optional.of(Duration.ofMinutes(10)),
          Optional.of(Uptime.NONE),
          Optional.of(Set.of()),
          Optional.of(Promotion.IMMEDIATE),
          Optional.of(Duration.ZERO));

  /**
   * @throws io.hydra.error.HydraException {@code INVALID_REQUEST} where a namespace's name is none
   */
  public ChannelSettings {
    consumerNamespaces.ifPresent(
        names ->
            names.stream()
                .filter(name -> !name.equals(ANY_NAMESPACE))
                .forEach(name -> Names.label("consumer namespace", name)));
  }

  /** Without a word of when consumers run and where, promotion and age. */
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public ChannelSettings withUptime(Uptime other) {
    return new ChannelSettings(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        nodeSelector,
        progressDeadline,
        Optional.of(other),
        consumerNamespaces,
        promotion,
        retainFor);
  }

  public ChannelSettings withConsumerNamespaces(Set<String> others) {
    return new ChannelSettings(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        nodeSelector,
        progressDeadline,
        uptime,
        Optional.of(others),
        promotion,
        retainFor);
  }

  public ChannelSettings withPromotion(Promotion other) {
    return new ChannelSettings(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        nodeSelector,
        progressDeadline,
        uptime,
        consumerNamespaces,
        Optional.of(other),
        retainFor);
  }

  public ChannelSettings withRetainFor(Duration other) {
    return new ChannelSettings(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        nodeSelector,
        progressDeadline,
        uptime,
        consumerNamespaces,
        promotion,
        Optional.of(other));
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
        uptime.or(base::uptime),
        consumerNamespaces.or(base::consumerNamespaces),
        promotion.or(base::promotion),
        retainFor.or(base::retainFor));
  }
}
