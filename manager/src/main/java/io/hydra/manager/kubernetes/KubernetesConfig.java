package io.hydra.manager.kubernetes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/**
 * What the manager does with a Kubernetes API server. That is the one of the pod that it runs in,
 * or of {@code KUBECONFIG}.
 */
@ConfigMapping(prefix = "hydra.kubernetes")
public interface KubernetesConfig {
  /** Whether pods with the annotation {@code hydra/channel} make their nodes want its data. */
  @WithDefault("false")
  boolean discovery();

  /** Namespaces whose pods are looked at; all when empty. */
  Optional<Set<String>> namespaces();

  /**
   * A label selector, such as {@code tier=search}: only pods that it matches are looked at. All
   * when empty, which lets the API server tell of every pod that changes.
   */
  Optional<String> podSelector();

  /**
   * Whether nodes that have a channel's data get the label {@code hydra/ready.…}, by which pods can
   * choose them.
   */
  @WithDefault("true")
  boolean nodeLabels();

  /** Whether what a pod serves is written on it, as annotation and as condition. */
  @WithDefault("true")
  boolean podStatus();
}
