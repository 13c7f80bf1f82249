package io.hydra.wire;

/** Whether Services send new connections to an instance, as the cluster that it runs in says it. */
public enum EndpointState {
  /** The manager cannot tell: no cluster is followed, or no Service names the instance. */
  UNKNOWN,
  /** At least one Service does. */
  READY,
  /** No Service that names the instance does. */
  NOT_READY
}
