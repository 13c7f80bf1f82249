package io.hydra.manager.uptime;

import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Spec;
import io.hydra.manager.apiserver.ApiObject.Template;
import io.hydra.manager.apiserver.Informer;
import io.hydra.model.ChannelId;
import java.util.Map;
import java.util.Optional;

/**
 * Hears of workloads of a kind.
 *
 * @param path of their list
 */
record WorkloadListener(WorkloadId.Kind kind, String path, Workloads workloads, Runnable changed)
    implements Informer.Listener {
  private static final String CHANNEL = "hydra/channel";

  /** Consumers, and what carries windows of its own. One that is being deleted ends by itself. */
  static boolean matters(ApiObject object) {
    return object.metadata().deletionTimestamp().isEmpty()
        && (channel(object).isPresent()
            || object.annotation(Subject.UPTIME).isPresent()
            || object.annotation(Memory.REPLICAS).isPresent());
  }

  @Override
  public void put(ApiObject object) {
    if (workloads.put(workload(object))) {
      changed.run();
    }
  }

  @Override
  public void remove(Name name) {
    workloads.remove(kind, name);
  }

  @Override
  public void listed() {
    workloads.listed(path);
    changed.run();
  }

  private Workload workload(ApiObject object) {
    var metadata = object.metadata();
    return new Workload(
        new WorkloadId(kind, metadata.namespace().orElse(""), metadata.name()),
        metadata.uid().orElse(""),
        metadata.resourceVersion(),
        object.spec().flatMap(Spec::replicas).orElse(1),
        channel(object).flatMap(WorkloadListener::parse),
        object.annotation(Subject.UPTIME),
        object.annotation(Subject.EXCLUDE),
        object.spec().flatMap(Spec::template).flatMap(Template::nodeSelector).orElse(Map.of()),
        Memory.of(metadata.annotations().orElse(Map.of())));
  }

  private static Optional<String> channel(ApiObject object) {
    return object.spec().flatMap(Spec::template).flatMap(t -> t.annotation(CHANNEL));
  }

  /** What is no channel is told of on the pods that ask for it. */
  private static Optional<ChannelId> parse(String text) {
    try {
      return Optional.of(ChannelId.parse(text));
    } catch (HydraException malformed) {
      return Optional.empty();
    }
  }
}
