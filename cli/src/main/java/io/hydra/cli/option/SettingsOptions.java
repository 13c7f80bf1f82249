package io.hydra.cli.option;

import io.hydra.model.Budget;
import io.hydra.model.ChannelSettings;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.Promotion;
import io.hydra.model.Scope;
import io.hydra.model.Uptime;
import io.hydra.model.VersionScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * A channel's settings. What is left out keeps its value, or takes the default in a new channel.
 */
public final class SettingsOptions {
  @Option(
      names = "--version-scheme",
      paramLabel = "SCHEME",
      description =
          "timestamp (2026-11-08T09-00-00) or dotted (1.10.0); how versions are written and ordered.")
  private Optional<VersionScheme> versionScheme = Optional.empty();

  @Option(
      names = "--retain-releases",
      paramLabel = "NUMBER",
      description = "Releases that the channel keeps besides those in use, up to 1000.")
  private Optional<Integer> retainReleases = Optional.empty();

  @Option(
      names = "--retain-for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Releases that were published within this time are kept, too, such as 30d; 0 for the number alone.")
  private Optional<Duration> retainFor = Optional.empty();

  @Option(
      names = "--retain-on-node",
      paramLabel = "NUMBER",
      description = "Releases that nodes keep on disk, the live one included.")
  private Optional<Integer> retainOnNode = Optional.empty();

  @Option(
      names = "--max-unavailable",
      paramLabel = "NUMBER|PERCENT",
      converter = MaxUnavailableConverter.class,
      description = "Instances that may be out of service at once, such as 1 or 25%%.")
  private Optional<MaxUnavailable> maxUnavailable = Optional.empty();

  @Option(
      names = "--node-selector",
      paramLabel = "LABEL=VALUE",
      description =
          "Nodes with this label hold the data even without an instance; repeatable. Replaces the whole selector.")
  private Map<String, String> nodeSelector = new LinkedHashMap<>();

  @Option(names = "--no-node-selector", description = "Empty the node selector.")
  private boolean noNodeSelector;

  @Option(
      names = "--progress-deadline",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long one instance may take to drain and reload before the release is rejected, such as 10m.")
  private Optional<Duration> progressDeadline = Optional.empty();

  @Option(
      names = "--uptime",
      paramLabel = "WINDOWS",
      converter = UptimeConverter.class,
      description =
          "When its consumers in Kubernetes run, such as \"Mon-Fri 08:00-19:30 Europe/Berlin\"; none for no windows.")
  private Optional<Uptime> uptime = Optional.empty();

  @Option(
      names = "--consumer-namespace",
      paramLabel = "NAMESPACE",
      description =
          "Pods of this namespace may consume the channel, besides its own namespace's; repeatable, * for all. Replaces the whole list.")
  private Set<String> consumerNamespaces = new LinkedHashSet<>();

  @Option(
      names = "--no-consumer-namespaces",
      description = "Only pods of the channel's own namespace may consume it.")
  private boolean noConsumerNamespaces;

  @Option(
      names = "--promotion",
      paramLabel = "WHEN",
      converter = PromotionConverter.class,
      description =
          "When a published release becomes the head: immediate, verified(QUORUM), once so many of its nodes (3, or 50%%) have verified it, or manual, by `hydra promote`.")
  private Optional<Promotion> promotion = Optional.empty();

  @Option(
      names = "--scope",
      paramLabel = "NAME:LABEL=VALUE[,…][:PROMOTION]",
      converter = ScopeConverter.class,
      description =
          "Nodes with these labels have a head and a pin of their own, such as eu:region=eu:manual; repeatable, the first that matches has the node. Replaces the whole list.")
  private List<Scope> scopes = new ArrayList<>();

  @Option(names = "--no-scopes", description = "All nodes follow the channel's head and pin.")
  private boolean noScopes;

  @Option(
      names = "--budget",
      paramLabel = "disk=SIZE,ram=SIZE",
      converter = BudgetConverter.class,
      description =
          "How much space its datasets may take on each node, such as disk=100GiB,ram=8GiB; what is left out has no limit, none for no limits. Replaces the whole budget.")
  private Optional<Budget> budget = Optional.empty();

  public ChannelSettings settings() {
    return new ChannelSettings(
        versionScheme,
        retainReleases,
        retainOnNode,
        maxUnavailable,
        selector(),
        progressDeadline,
        uptime,
        namespaces(),
        promotion,
        retainFor,
        scopes(),
        budget);
  }

  private Optional<Map<String, String>> selector() {
    if (noNodeSelector) {
      return Optional.of(Map.of());
    }
    return nodeSelector.isEmpty() ? Optional.empty() : Optional.of(Map.copyOf(nodeSelector));
  }

  private Optional<List<Scope>> scopes() {
    if (noScopes) {
      return Optional.of(List.of());
    }
    return scopes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(scopes));
  }

  private Optional<Set<String>> namespaces() {
    if (noConsumerNamespaces) {
      return Optional.of(Set.of());
    }
    return consumerNamespaces.isEmpty()
        ? Optional.empty()
        : Optional.of(Set.copyOf(consumerNamespaces));
  }

  public boolean nothingGiven() {
    return settings().equals(ChannelSettings.NONE);
  }
}
