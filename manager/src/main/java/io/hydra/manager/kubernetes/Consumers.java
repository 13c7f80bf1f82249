package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.wire.InstanceRegistration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Consumers' pods by all that is asked for. For one thread at a time. */
final class Consumers {
  private static final Comparator<Name> BY_NAME =
      Comparator.comparing((Name name) -> name.namespace().orElse("")).thenComparing(Name::name);

  private final Map<Name, SeenPod> pods = new HashMap<>();
  private final Map<ChannelId, Map<Name, SeenPod>> channels = new HashMap<>();
  private final Map<String, Map<ChannelId, Integer>> namespaces = new HashMap<>();
  private final Map<InstanceId, Set<Name>> instances = new HashMap<>();

  void put(SeenPod pod) {
    remove(pod.id());
    pods.put(pod.id(), pod);
    channels.computeIfAbsent(pod.channel(), c -> new TreeMap<>(BY_NAME)).put(pod.id(), pod);
    namespaces
        .computeIfAbsent(pod.namespace(), n -> new HashMap<>())
        .merge(pod.channel(), 1, Integer::sum);
    for (var id : pod.instanceIds()) {
      instances.computeIfAbsent(id, i -> new HashSet<>(2)).add(pod.id());
    }
  }

  void remove(Name name) {
    Optional.ofNullable(pods.remove(name)).ifPresent(this::forget);
  }

  private void forget(SeenPod pod) {
    drop(channels, pod.channel(), of -> of.remove(pod.id()), Map::isEmpty);
    drop(namespaces, pod.namespace(), counts -> minus(counts, pod.channel()), Map::isEmpty);
    pod.instanceIds()
        .forEach(id -> drop(instances, id, names -> names.remove(pod.id()), Set::isEmpty));
  }

  Optional<SeenPod> find(Name name) {
    return Optional.ofNullable(pods.get(name));
  }

  /**
   * The pod of the channel, on the node, that the instance runs in; empty where several may be it:
   * names of pods are unique only in a namespace.
   */
  Optional<SeenPod> find(InstanceRegistration instance) {
    var able =
        instances.getOrDefault(instance.id(), Set.of()).stream()
            .flatMap(name -> find(name).stream())
            .filter(pod -> pod.channel().equals(instance.channel()))
            .filter(pod -> pod.node().filter(instance.node()::equals).isPresent())
            .toList();
    var exact =
        able.stream().filter(pod -> pod.instanceIds().getFirst().equals(instance.id())).toList();
    return Stream.of(exact, able).filter(pods -> pods.size() == 1).map(List::getFirst).findFirst();
  }

  /** Ordered by name. */
  Collection<SeenPod> of(ChannelId channel) {
    return channels.getOrDefault(channel, Map.of()).values();
  }

  boolean areIn(String namespace) {
    return namespaces.containsKey(namespace);
  }

  Set<ChannelId> channelsIn(String namespace) {
    return Set.copyOf(namespaces.getOrDefault(namespace, Map.of()).keySet());
  }

  /** Takes something out of one entry, and the entry with the last of it. */
  private static <K, V> void drop(
      Map<K, V> entries, K key, Consumer<V> removal, Predicate<V> isEmpty) {
    Optional.ofNullable(entries.get(key))
        .ifPresent(
            entry -> {
              removal.accept(entry);
              if (isEmpty.test(entry)) {
                entries.remove(key);
              }
            });
  }

  private static void minus(Map<ChannelId, Integer> counts, ChannelId channel) {
    if (counts.merge(channel, -1, Integer::sum) == 0) {
      counts.remove(channel);
    }
  }
}
