package io.hydra.manager.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.HydraJson;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Registers and forgets nodes and instances: in the store first, then in the {@link Roster}. The
 * same registration twice changes nothing, so agents repeat it at each start.
 */
@LeadScoped
public class Registrations {
  private static final Logger LOG = Logger.getLogger(Registrations.class);
  private static final String NODES = "nodes/";
  private static final String INSTANCES = "instances/";

  private final ChannelStore store;
  private final Channels channels;
  private final Roster roster;
  private final Map<InstanceId, PodOrigin> origins = new ConcurrentHashMap<>();
  private final ObjectMapper json = HydraJson.mapper();

  public Registrations(ChannelStore store, Channels channels, Roster roster) {
    this.store = store;
    this.channels = channels;
    this.roster = roster;
  }

  /** Reads what an earlier run of the manager has stored. Called once, before any other call. */
  public synchronized void load() {
    store.list(NODES).forEach(e -> roster.put(read(e, NodeRegistration.class)));
    store.list(INSTANCES).forEach(this::loadInstance);
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} where something is left out
   */
  public synchronized NodeRegistration registerNode(NodeRegistration wanted) {
    var node = complete(wanted);
    if (roster.node(node.name()).filter(node::equals).isPresent()) {
      return node;
    }
    write(NODES + node.name(), node);
    roster.put(node);
    LOG.infof("registered node=%s labels=%s", node.name(), node.labels());
    return node;
  }

  /**
   * @throws HydraException {@code UNKNOWN_NODE}; {@code IN_USE} while instances are registered
   *     there
   */
  public synchronized void forgetNode(NodeName name) {
    roster.requireNode(name);
    var tenants = roster.instancesOn(name);
    if (!tenants.isEmpty()) {
      throw new HydraException(
          ErrorCode.IN_USE,
          "node %s has %d registered instances, %s among them"
              .formatted(name, tenants.size(), tenants.getFirst().id()),
          Map.of("node", name.value(), "instance", tenants.getFirst().id().value()));
    }
    erase(NODES + name);
    roster.remove(name);
    LOG.infof("forgot node=%s", name);
  }

  /**
   * The channel need not exist yet: the instance waits for it.
   *
   * @throws HydraException {@code UNKNOWN_ENVIRONMENT} where this manager does not serve the
   *     channel's environment, {@code INVALID_REQUEST} where something is left out
   */
  public InstanceRegistration registerInstance(InstanceRegistration instance) {
    return registerInstance(instance, Optional.empty());
  }

  /**
   * The same.
   *
   * @param pod that asks for it; empty for an instance of a plain host, or where nobody attests it
   */
  public synchronized InstanceRegistration registerInstance(
      InstanceRegistration instance, Optional<PodOrigin> pod) {
    requireComplete(instance);
    if (roster.instance(instance.id()).filter(instance::equals).isPresent()
        && origin(instance.id()).equals(pod)) {
      return instance;
    }
    requireServedEnvironment(instance.channel());
    write(INSTANCES + instance.id(), Stored.of(instance, pod));
    remember(instance.id(), pod);
    roster.put(instance);
    LOG.infof(
        "registered instance=%s channel=%s node=%s",
        instance.id(), instance.channel(), instance.node());
    return instance;
  }

  /**
   * @throws HydraException {@code UNKNOWN_INSTANCE}
   */
  public synchronized void forgetInstance(InstanceId id) {
    roster.requireInstance(id);
    erase(INSTANCES + id);
    remember(id, Optional.empty());
    roster.remove(id);
    LOG.infof("forgot instance=%s", id);
  }

  /** While it runs nobody registers, and nobody is forgotten. */
  synchronized void exclusively(Runnable work) {
    work.run();
  }

  /** The pod that has registered the instance; empty where nobody attested one. */
  public Optional<PodOrigin> origin(InstanceId id) {
    return Optional.ofNullable(origins.get(id));
  }

  private void loadInstance(Entry entry) {
    var stored = read(entry, Stored.class);
    remember(stored.id(), stored.pod());
    roster.put(stored.registration());
  }

  private void remember(InstanceId id, Optional<PodOrigin> pod) {
    pod.ifPresentOrElse(origin -> origins.put(id, origin), () -> origins.remove(id));
  }

  /** A registration as it is stored, with what its caller's token says. */
  @RegisterForReflection
  record Stored(InstanceId id, ChannelId channel, NodeName node, Optional<PodOrigin> pod) {
    static Stored of(InstanceRegistration instance, Optional<PodOrigin> pod) {
      return new Stored(instance.id(), instance.channel(), instance.node(), pod);
    }

    InstanceRegistration registration() {
      return new InstanceRegistration(id, channel, node);
    }
  }

  private void requireServedEnvironment(ChannelId channel) {
    try {
      channels.require(channel);
    } catch (HydraException e) {
      if (e.code() != ErrorCode.UNKNOWN_CHANNEL) {
        throw e;
      }
    }
  }

  private void write(String key, Object value) {
    var bytes = bytes(value);
    Outcome outcome;
    do {
      long revision = store.get(key).map(Entry::revision).orElse(0L);
      outcome = store.commit(List.of(new Operation.PutIf(key, bytes, revision)));
    } while (outcome instanceof Outcome.Conflict);
  }

  private void erase(String key) {
    var entry = store.get(key);
    while (entry.isPresent()) {
      store.commit(List.of(new Operation.DeleteIf(key, entry.get().revision())));
      entry = store.get(key);
    }
  }

  private byte[] bytes(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new HydraException(ErrorCode.INTERNAL, "cannot write " + value, e);
    }
  }

  private <T> T read(Entry entry, Class<T> type) {
    try {
      return json.readValue(entry.value(), type);
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.INTERNAL, "the store's entry %s cannot be read".formatted(entry.key()), e);
    }
  }

  private static NodeRegistration complete(NodeRegistration node) {
    require("name", node.name());
    require("dataRoot", node.dataRoot());
    require("agentVersion", node.agentVersion());
    return new NodeRegistration(
        node.name(), orEmpty(node.labels()), node.dataRoot(), node.agentVersion());
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> labels) {
    return Optional.ofNullable(labels).map(Map::copyOf).orElse(Map.of());
  }

  private static void requireComplete(InstanceRegistration instance) {
    require("id", instance.id());
    require("channel", instance.channel());
    require("node", instance.node());
  }

  private static void require(String field, @Nullable Object value) {
    if (value == null) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "the registration lacks '%s'".formatted(field));
    }
  }
}
