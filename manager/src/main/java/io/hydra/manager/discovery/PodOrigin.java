package io.hydra.manager.discovery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The pod that has registered an instance, as Kubernetes attests.
 *
 * @param uid of the one pod that has had it
 */
@RegisterForReflection
public record PodOrigin(String namespace, String name, String uid) {}
