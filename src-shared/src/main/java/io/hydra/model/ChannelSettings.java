package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
 * @param scopes parts of the channel that have a head and a pin of their own, at most {@value
 *     #MOST_SCOPES}; default none
 * @param budget how much space its datasets may take on each node; given anew, it replaces the
 *     whole; default {@link Budget#NONE}
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
    Optional<Duration> retainFor,
    Optional<List<Scope>> scopes,
    Optional<Budget> budget) {
  /** A channel's state, which each change writes anew, must stay small enough for any store. */
  public static final int MOST_RELEASES = 1000;

  /** Nodes are held against each of them, and each has its part in the channel's state. */
  public static final int MOST_SCOPES = 16;

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
          Optional.of(Duration.ZERO),
          Optional.of(List.of()),
          Optional.of(Budget.NONE));

  /**
   * @throws HydraException {@code INVALID_REQUEST} where a namespace's name is none, or two scopes
   *     have one name
   */
  public ChannelSettings {
    consumerNamespaces.ifPresent(
        names ->
            names.stream()
                .filter(name -> !name.equals(ANY_NAMESPACE))
                .forEach(name -> Names.label("consumer namespace", name)));
    scopes.ifPresent(ChannelSettings::requireDistinct);
  }

  private static void requireDistinct(List<Scope> scopes) {
    var names = new HashSet<ScopeName>();
    for (var scope : scopes) {
      // JSON may leave out what the types promise.
      if (Optional.ofNullable(scope).isEmpty()) {
        throw new HydraException(
            ErrorCode.INVALID_REQUEST, "a scope is null; give each a name and labels");
      }
      if (!names.add(scope.name())) {
        throw new HydraException(
            ErrorCode.INVALID_REQUEST,
            "two scopes have the name %s; rename or remove one of them".formatted(scope.name()),
            Map.of("scope", scope.name().value()));
      }
    }
  }

  /** Without a word of when consumers run and where, promotion, age and space. */
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static Builder builder() {
    return new Builder();
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
        retainFor.or(base::retainFor),
        scopes.or(base::scopes),
        budget.or(base::budget));
  }

  /** Collects what is chosen; what is not keeps its value, or takes the default. */
  public static final class Builder {
    private Optional<Uptime> uptime = Optional.empty();
    private Optional<Set<String>> consumerNamespaces = Optional.empty();
    private Optional<Promotion> promotion = Optional.empty();
    private Optional<Duration> retainFor = Optional.empty();
    private Optional<List<Scope>> scopes = Optional.empty();
    private Optional<Budget> budget = Optional.empty();

    private Builder() {}

    public Builder uptime(Uptime when) {
      uptime = Optional.of(when);
      return this;
    }

    public Builder consumerNamespaces(Set<String> names) {
      consumerNamespaces = Optional.of(names);
      return this;
    }

    public Builder promotion(Promotion when) {
      promotion = Optional.of(when);
      return this;
    }

    public Builder retainFor(Duration age) {
      retainFor = Optional.of(age);
      return this;
    }

    public Builder scopes(Scope... all) {
      scopes = Optional.of(List.of(all));
      return this;
    }

    public Builder budget(Budget space) {
      budget = Optional.of(space);
      return this;
    }

    public ChannelSettings build() {
      return new ChannelSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          uptime,
          consumerNamespaces,
          promotion,
          retainFor,
          scopes,
          budget);
    }
  }
}
