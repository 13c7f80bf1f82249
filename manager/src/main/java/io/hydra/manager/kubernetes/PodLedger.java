package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.discovery.KnownPods.KnownPod;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The consumers' pods and the nodes that are ready, and what follows for {@link Whereabouts}: a
 * channel's data is wanted where a pod of it is that does not end, as long as the node is ready. A
 * pod that ends wants nothing any more; what its instance uses stays, as that is registered.
 */
@LeadScoped
public class PodLedger {
  private final Whereabouts whereabouts;
  private final Annotations annotations;
  private final Map<Name, Entry> pods = new HashMap<>();
  private final Map<ChannelId, Map<Name, ConsumerPod>> ofChannels = new HashMap<>();

  /** By what their annotations say, whether they can have it or not. */
  private final Map<String, Set<Name>> asking = new HashMap<>();

  private final Map<ChannelId, Map<NodeName, Integer>> wishes = new HashMap<>();
  private final Map<NodeName, Map<ChannelId, Integer>> wishesOfNodes = new HashMap<>();
  private final Set<NodeName> readyNodes = new HashSet<>();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param channel empty where the annotation names none that the pod can have
   */
  private record Entry(ConsumerPod pod, Optional<ChannelId> channel) {
    Optional<ChannelId> wish() {
      return channel.filter(c -> !pod.ending());
    }
  }

  PodLedger(Whereabouts whereabouts, Annotations annotations) {
    this.whereabouts = whereabouts;
    this.annotations = annotations;
  }

  /** The channel's pods, those included that end. */
  public synchronized List<ConsumerPod> podsOf(ChannelId channel) {
    return List.copyOf(ofChannels.getOrDefault(channel, Map.of()).values());
  }

  /**
   * Calls back with each channel of which a pod came or went. The caller's thread follows the API
   * server and must not be held up.
   */
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  /** A pod that is new or has changed. */
  void put(ConsumerPod pod) {
    take(pod).ifPresent(channel -> listeners.forEach(listener -> listener.accept(channel)));
  }

  /** Returns the channel that it asks for, if that is news. */
  private synchronized Optional<ChannelId> take(ConsumerPod pod) {
    var before = Optional.ofNullable(pods.get(pod.id()));
    if (before.filter(entry -> isNoted(entry, pod)).isPresent()) {
      return Optional.empty();
    }
    before.filter(entry -> !isSame(entry.pod(), pod)).ifPresent(this::end);
    var now = new Entry(pod, annotations.read(pod));
    note(now);
    follow(before, now);
    return now.channel();
  }

  /** Whether there is nothing to follow from it; what is written on it is taken note of. */
  private boolean isNoted(Entry before, ConsumerPod pod) {
    if (!isSame(before.pod(), pod) || before.pod().ending() != pod.ending()) {
      return false;
    }
    if (!before.pod().equals(pod)) {
      note(new Entry(pod, before.channel()));
    }
    return true;
  }

  private void note(Entry entry) {
    var pod = entry.pod();
    pods.put(pod.id(), entry);
    asking.computeIfAbsent(pod.channel(), k -> new HashSet<>()).add(pod.id());
    entry
        .channel()
        .ifPresent(c -> ofChannels.computeIfAbsent(c, k -> new HashMap<>()).put(pod.id(), pod));
  }

  private void follow(Optional<Entry> before, Entry now) {
    var pod = now.pod();
    now.channel().ifPresent(c -> whereabouts.started(c, pod.node(), pod.instanceIds()));
    var touched = new HashSet<ChannelId>();
    before
        .flatMap(Entry::wish)
        .filter(c -> count(c, before.get().pod().node(), -1))
        .ifPresent(touched::add);
    now.wish().filter(c -> count(c, pod.node(), 1)).ifPresent(touched::add);
    touched.forEach(this::tell);
  }

  /** Whether the channel exists, or whom it admits, may have changed. */
  void reconsider(ChannelId channel) {
    if (readAgain(channel)) {
      listeners.forEach(listener -> listener.accept(channel));
    }
  }

  private synchronized boolean readAgain(ChannelId channel) {
    boolean changed = false;
    for (var name : Set.copyOf(asking.getOrDefault(channel.toString(), Set.of()))) {
      var before = Optional.ofNullable(pods.get(name)).orElseThrow();
      var now = new Entry(before.pod(), annotations.read(before.pod()));
      if (!now.equals(before)) {
        leave(before);
        note(now);
        follow(Optional.of(before), now);
        changed = true;
      }
    }
    return changed;
  }

  /** A pod that is gone, or asks for no data any more. */
  void remove(Name name) {
    drop(name).ifPresent(channel -> listeners.forEach(listener -> listener.accept(channel)));
  }

  private synchronized Optional<ChannelId> drop(Name name) {
    var gone = Optional.ofNullable(pods.remove(name));
    gone.ifPresent(this::end);
    gone.flatMap(Entry::wish)
        .filter(channel -> count(channel, gone.get().pod().node(), -1))
        .ifPresent(this::tell);
    return gone.flatMap(Entry::channel);
  }

  /** A node that is there; its pods' wishes count only while it is ready. */
  synchronized void node(NodeName node, boolean ready) {
    boolean changed = ready ? readyNodes.add(node) : readyNodes.remove(node);
    if (changed) {
      Set.copyOf(wishesOfNodes.getOrDefault(node, Map.of()).keySet()).forEach(this::tell);
    }
  }

  /** How many pods ask for data, whether what they ask for can be had or not. */
  synchronized int size() {
    return pods.size();
  }

  /** What is known of a pod that asks for data. */
  synchronized Optional<KnownPod> find(Name name) {
    return Optional.ofNullable(pods.get(name))
        .map(entry -> new KnownPod(entry.pod().uid(), entry.pod().node(), entry.channel()));
  }

  /** Whether a pod of another name may call its instance so. */
  synchronized boolean isClaimedByAnother(InstanceId id, Name name) {
    return pods.values().stream()
        .map(Entry::pod)
        .anyMatch(pod -> !pod.id().equals(name) && pod.instanceIds().contains(id));
  }

  /** Another pod under the same name, or one that moved on, is not the one that was there. */
  private static boolean isSame(ConsumerPod before, ConsumerPod now) {
    return before.uid().equals(now.uid())
        && before.node().equals(now.node())
        && before.channel().equals(now.channel());
  }

  private void end(Entry gone) {
    var pod = gone.pod();
    annotations.forget(pod);
    asking.computeIfPresent(
        pod.channel(),
        (text, some) -> {
          some.remove(pod.id());
          return some.isEmpty() ? null : some;
        });
    leave(gone);
  }

  /** What its channel knows of it. */
  private void leave(Entry gone) {
    var pod = gone.pod();
    gone.channel().ifPresent(c -> whereabouts.ended(c, pod.node(), pod.instanceIds()));
    gone.channel().ifPresent(c -> withdraw(c, pod.id()));
  }

  private void withdraw(ChannelId channel, Name pod) {
    ofChannels.computeIfPresent(
        channel,
        (c, some) -> {
          some.remove(pod);
          return some.isEmpty() ? null : some;
        });
  }

  /** Returns whether that was the first, or the last, of the channel on the node. */
  private boolean count(ChannelId channel, NodeName node, int more) {
    int now = add(wishes, channel, node, more);
    add(wishesOfNodes, node, channel, more);
    return more > 0 ? now == 1 : now == 0;
  }

  private static <K, L> int add(Map<K, Map<L, Integer>> counts, K key, L inner, int more) {
    var ofKey = counts.computeIfAbsent(key, k -> new HashMap<>());
    int now = ofKey.merge(inner, more, Integer::sum);
    if (now == 0) {
      ofKey.remove(inner);
      if (ofKey.isEmpty()) {
        counts.remove(key);
      }
    }
    return now;
  }

  private void tell(ChannelId channel) {
    var nodes = new TreeSet<>(wishes.getOrDefault(channel, Map.of()).keySet());
    nodes.retainAll(readyNodes);
    whereabouts.put(channel, nodes);
  }
}
