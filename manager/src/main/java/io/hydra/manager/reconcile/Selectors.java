package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.SelectedNodes;
import io.hydra.model.ChannelId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the channels that select by certain labels. Many share one selector. */
final class Selectors {
  private final Map<ChannelId, Set<Map<String, String>>> selectors = new HashMap<>();
  private final Map<Map<String, String>, Set<ChannelId>> channels = new HashMap<>();

  /**
   * @param now all selectors of the channel; one without labels selects nothing
   */
  synchronized void put(ChannelId channel, Collection<Map<String, String>> now) {
    var after = now.stream().filter(s -> !s.isEmpty()).collect(Collectors.toUnmodifiableSet());
    var before =
        Optional.ofNullable(
                after.isEmpty() ? selectors.remove(channel) : selectors.put(channel, after))
            .orElse(Set.of());
    before.stream().filter(s -> !after.contains(s)).forEach(s -> drop(s, channel));
    after.forEach(s -> channels.computeIfAbsent(s, key -> new TreeSet<>()).add(channel));
  }

  private void drop(Map<String, String> selector, ChannelId channel) {
    channels.computeIfPresent(
        selector,
        (s, some) -> {
          some.remove(channel);
          return some.isEmpty() ? null : some;
        });
  }

  synchronized Set<ChannelId> matching(Map<String, String> labels) {
    return channels.entrySet().stream()
        .filter(entry -> SelectedNodes.matches(labels, entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .collect(Collectors.toSet());
  }
}
