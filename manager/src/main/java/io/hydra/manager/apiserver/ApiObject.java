package io.hydra.manager.apiserver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of an object of any kind, what Hydra looks at; all else is skipped while it is read.
 *
 * @param endpoints of an EndpointSlice
 */
@RegisterForReflection
public record ApiObject(
    Metadata metadata,
    Optional<Spec> spec,
    Optional<Status> status,
    Optional<List<Endpoint>> endpoints) {
  /**
   * @param deletionTimestamp when its deletion was asked for
   */
  @RegisterForReflection
  public record Metadata(
      String name,
      Optional<String> namespace,
      Optional<String> uid,
      String resourceVersion,
      Optional<Long> generation,
      Optional<Map<String, String>> labels,
      Optional<Map<String, String>> annotations,
      Optional<List<Owner>> ownerReferences,
      Optional<String> deletionTimestamp) {}

  /**
   * An object that this one belongs to.
   *
   * @param controller whether it is the one that has made it and looks after it
   */
  @RegisterForReflection
  public record Owner(
      String apiVersion, String kind, String name, String uid, Optional<Boolean> controller) {}

  /**
   * @param nodeName with what containers there are: of a pod
   * @param selector of a PodDisruptionBudget
   * @param replicas of a workload that are wanted
   * @param template of its pods
   */
  @RegisterForReflection
  public record Spec(
      Optional<String> nodeName,
      Optional<List<Container>> initContainers,
      Optional<List<Container>> containers,
      Optional<LabelSelector> selector,
      Optional<Integer> replicas,
      Optional<Template> template) {}

  @RegisterForReflection
  public record Container(String name) {}

  /** What a workload's pods are made of. */
  @RegisterForReflection
  public record Template(Optional<TemplateMetadata> metadata, Optional<PodSpec> spec) {
    public Optional<String> annotation(String key) {
      return metadata.flatMap(TemplateMetadata::annotations).map(all -> all.get(key));
    }

    public Optional<Map<String, String>> nodeSelector() {
      return spec.flatMap(PodSpec::nodeSelector);
    }
  }

  @RegisterForReflection
  public record TemplateMetadata(Optional<Map<String, String>> annotations) {}

  @RegisterForReflection
  public record PodSpec(Optional<Map<String, String>> nodeSelector) {}

  /**
   * @param disruptionsAllowed this one and what follows: of a PodDisruptionBudget
   * @param disruptedPods when each was allowed to be disrupted, by name
   */
  @RegisterForReflection
  public record Status(
      Optional<List<Condition>> conditions,
      Optional<Long> observedGeneration,
      Optional<Integer> disruptionsAllowed,
      Optional<Integer> currentHealthy,
      Optional<Integer> desiredHealthy,
      Optional<Integer> expectedPods,
      Optional<Map<String, String>> disruptedPods) {}

  @RegisterForReflection
  public record Condition(String type, String status) {}

  /**
   * @param targetRef what it stands for
   */
  @RegisterForReflection
  public record Endpoint(Optional<EndpointConditions> conditions, Optional<Target> targetRef) {
    /**
     * Whether traffic is sent there. A Service that publishes what is not ready says ready of it
     * all the same; whether it serves tells the truth.
     */
    public boolean isReady() {
      return conditions.flatMap(EndpointConditions::ready).orElse(true)
          && conditions.flatMap(EndpointConditions::serving).orElse(true);
    }
  }

  @RegisterForReflection
  public record EndpointConditions(Optional<Boolean> ready, Optional<Boolean> serving) {}

  @RegisterForReflection
  public record Target(Optional<String> kind, Optional<String> namespace, Optional<String> name) {}

  /** Of one object of its kind at a time. */
  public record Name(Optional<String> namespace, String name) {
    @Override
    public String toString() {
      return namespace.map(space -> space + "/" + name).orElse(name);
    }
  }

  public Name name() {
    return new Name(metadata.namespace(), metadata.name());
  }

  public Map<String, String> labels() {
    return metadata.labels().orElse(Map.of());
  }

  /** The object that has made this one and looks after it. */
  public Optional<Owner> controller() {
    return metadata.ownerReferences().stream()
        .flatMap(List::stream)
        .filter(owner -> owner.controller().orElse(false))
        .findFirst();
  }

  public Optional<String> annotation(String key) {
    return metadata.annotations().map(all -> all.get(key));
  }

  public Optional<String> nodeName() {
    return spec.flatMap(Spec::nodeName).filter(name -> !name.isEmpty());
  }

  /** Whether a pod has a container of that name, of whatever kind. */
  public boolean hasContainer(String container) {
    return spec.stream()
        .flatMap(it -> Stream.of(it.initContainers(), it.containers()))
        .flatMap(Optional::stream)
        .flatMap(List::stream)
        .anyMatch(it -> it.name().equals(container));
  }

  /** Whether a condition is there, and true. */
  public boolean is(String condition) {
    return condition(condition).orElse(false);
  }

  /** Whether a condition is true; empty where it is not there. */
  public Optional<Boolean> condition(String type) {
    return status.flatMap(Status::conditions).stream()
        .flatMap(List::stream)
        .filter(c -> c.type().equals(type))
        .map(c -> c.status().equals("True"))
        .findFirst();
  }
}
