package io.hydra.manager.identity;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.discovery.PodOrigin;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.Optional;

/** What the caller of this request may do. Until somebody is let in, nothing. */
@RequestScoped
public class Access {
  private final PodBinding pods;
  private Optional<Caller> caller = Optional.empty();

  public Access(PodBinding pods) {
    this.pods = pods;
  }

  /** From now on it is this one who calls. */
  public void by(Caller identified) {
    caller = Optional.of(identified);
  }

  /** Empty while nobody was let in. */
  public Optional<Caller> caller() {
    return caller;
  }

  /** Whether the caller may read the channel. */
  public boolean sees(ChannelId channel) {
    return may(Role.VIEWER, channel);
  }

  public boolean may(Role role, ChannelId channel) {
    return somebody().may(role, channel);
  }

  /**
   * Refuses unless the caller has the role for the channel.
   *
   * @throws HydraException {@code FORBIDDEN}
   */
  public void require(Role role, ChannelId channel) {
    if (!somebody().may(role, channel)) {
      throw lacks(role, "for channel " + channel);
    }
  }

  /** As {@link #require(Role, ChannelId)}, for any channel. */
  public void require(Role role) {
    if (!somebody().may(role)) {
      throw lacks(role, "for any channel");
    }
  }

  /** As {@link #require(Role, ChannelId)}, for what belongs to no channel. */
  public void requireEverywhere(Role role) {
    if (!somebody().mayEverywhere(role)) {
      throw lacks(role, "for all channels");
    }
  }

  /** Refuses who is neither an agent nor may read. */
  public void requireAgentOrViewer() {
    if (somebody().agents().isEmpty()) {
      require(Role.VIEWER);
    }
  }

  /** Refuses who is not the Docto of the node. */
  public void requireSelf(NodeName node) {
    if (isAdmin() || somebody().agents().contains(new Agent.OfNode(node))) {
      return;
    }
    throw lacks(Role.AGENT, "for node " + node);
  }

  /** The pod that calls and that is the instance; empty where somebody else calls for it. */
  public Optional<PodOrigin> podCalled(InstanceId instance) {
    return somebody().agents().stream()
        .filter(Agent.OfPod.class::isInstance)
        .map(Agent.OfPod.class::cast)
        .filter(pod -> pod.isCalled(instance))
        .map(pod -> new PodOrigin(pod.namespace(), pod.pod(), pod.uid()))
        .findFirst();
  }

  /** Refuses who is not the AppMan of the instance. */
  public void requireSelf(InstanceId instance) {
    if (isAdmin()) {
      return;
    }
    var objection = "for instance " + instance;
    for (var agent : somebody().agents()) {
      var found = objection(agent, instance);
      if (found.isEmpty()) {
        return;
      }
      objection = found.get();
    }
    throw lacks(Role.AGENT, objection);
  }

  /** As {@link #requireSelf(InstanceId)}; refuses a wrong node or channel, too. */
  public void requireSelf(InstanceRegistration wanted) {
    if (isAdmin()) {
      return;
    }
    var objection = "for instance " + wanted.id();
    for (var agent : somebody().agents()) {
      var found = objection(agent, wanted);
      if (found.isEmpty()) {
        return;
      }
      objection = found.get();
    }
    throw lacks(Role.AGENT, objection);
  }

  private Optional<String> objection(Agent agent, InstanceId instance) {
    return switch (agent) {
      case Agent.OfNode _ -> Optional.of("for instance " + instance);
      case Agent.OfPod pod -> pods.objection(pod, instance);
      case Agent.OfInstance one ->
          one.instance().equals(instance)
              ? Optional.empty()
              : Optional.of("for instance " + instance);
    };
  }

  private Optional<String> objection(Agent agent, InstanceRegistration wanted) {
    return switch (agent) {
      case Agent.OfNode _ -> Optional.of("for instance " + wanted.id());
      case Agent.OfPod pod -> pods.objection(pod, wanted);
      case Agent.OfInstance one -> {
        if (!one.instance().equals(wanted.id())) {
          yield Optional.of("for instance " + wanted.id());
        }
        if (!one.node().equals(wanted.node())) {
          yield Optional.of("for an instance on node " + wanted.node());
        }
        yield one.mayServe(wanted.channel())
            ? Optional.empty()
            : Optional.of("for channel " + wanted.channel());
      }
    };
  }

  private boolean isAdmin() {
    return somebody().mayEverywhere(Role.ADMIN);
  }

  private Caller somebody() {
    return caller.orElseThrow(
        () -> new HydraException(ErrorCode.UNAUTHENTICATED, "nobody was let in"));
  }

  private HydraException lacks(Role role, String scope) {
    return new HydraException(
        ErrorCode.FORBIDDEN,
        "%s lacks the role %s %s".formatted(somebody().name(), role.written(), scope),
        Map.of("role", role.written()));
  }
}
