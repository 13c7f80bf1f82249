package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The consumers' pods and the nodes that are ready, and what follows for {@link Whereabouts}: a
 * channel's data is wanted where a pod of it is that does not end, as long as the node is ready. A
 * pod that ends wants nothing any more; what its instance uses stays, as that is registered.
 */
@ApplicationScoped
class PodLedger {
  private final Whereabouts whereabouts;
  private final Annotations annotations;
  private final Map<Name, Entry> pods = new HashMap<>();
  private final Map<ChannelId, Map<NodeName, Integer>> wishes = new HashMap<>();
  private final Map<NodeName, Map<ChannelId, Integer>> wishesOfNodes = new HashMap<>();
  private final Set<NodeName> readyNodes = new HashSet<>();

  /**
   * @param channel empty where the annotation names none that this manager serves
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

  /** A pod that is new or has changed. */
  synchronized void put(ConsumerPod pod) {
    var before = Optional.ofNullable(pods.get(pod.id()));
    if (before.map(Entry::pod).filter(pod::equals).isPresent()) {
      return;
    }
    before.filter(entry -> !isSame(entry.pod(), pod)).ifPresent(this::end);
    var now = new Entry(pod, annotations.read(pod));
    pods.put(pod.id(), now);
    now.channel().ifPresent(c -> whereabouts.started(c, pod.node(), pod.instanceIds()));
    var touched = new HashSet<ChannelId>();
    before
        .flatMap(Entry::wish)
        .filter(c -> count(c, before.get().pod().node(), -1))
        .ifPresent(touched::add);
    now.wish().filter(c -> count(c, pod.node(), 1)).ifPresent(touched::add);
    touched.forEach(this::tell);
  }

  /** A pod that is gone, or asks for no data any more. */
  synchronized void remove(Name name) {
    var gone = Optional.ofNullable(pods.remove(name));
    gone.ifPresent(this::end);
    gone.flatMap(Entry::wish)
        .filter(channel -> count(channel, gone.get().pod().node(), -1))
        .ifPresent(this::tell);
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

  /** Another pod under the same name, or one that moved on, is not the one that was there. */
  private static boolean isSame(ConsumerPod before, ConsumerPod now) {
    return before.uid().equals(now.uid())
        && before.node().equals(now.node())
        && before.channel().equals(now.channel());
  }

  private void end(Entry gone) {
    annotations.forget(gone.pod());
    gone.channel()
        .ifPresent(c -> whereabouts.ended(c, gone.pod().node(), gone.pod().instanceIds()));
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
