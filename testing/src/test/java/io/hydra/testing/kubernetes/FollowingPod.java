package io.hydra.testing.kubernetes;

import java.net.URI;

/**
 * A pod with an application that follows {@code current} and has no hooks, and AppMan beside it.
 */
record FollowingPod(String name, String node, URI manager) {
  static final String IMAGE = "target/images/hydra-appman-jvm.oci.tar";

  String yaml() {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %1$s
      namespace: default
      annotations: {hydra/channel: %2$s}
    spec:
      nodeName: %3$s
      terminationGracePeriodSeconds: 5
      automountServiceAccountToken: false
      securityContext: {runAsUser: 65532, fsGroup: 65532}
      initContainers:
      - name: hydra-appman
        image: hydra.local/hydra-appman:0.1.0-SNAPSHOT-jvm
        restartPolicy: Always
        env:
        - {name: HYDRA_INSTANCE_CHANNEL, value: %2$s}
        - {name: HYDRA_INSTANCE_ID, value: %1$s}
        - {name: HYDRA_INSTANCE_NODE, value: %3$s}
        - {name: HYDRA_MANAGER_URL, value: "%4$s"}
        startupProbe:
          httpGet: {path: /q/health/started, port: 8082}
          periodSeconds: 1
          failureThreshold: 86400
        readinessProbe:
          httpGet: {path: /q/health/ready, port: 8082}
          periodSeconds: 1
        volumeMounts: &data
        - {name: hydra, mountPath: /run/hydra}
        - {name: hydra-disk, mountPath: /var/lib/hydra, readOnly: true, mountPropagation: HostToContainer}
      containers:
      - name: main
        image: hydra.local/pause:1
        volumeMounts: *data
      volumes:
      - name: hydra
        emptyDir: {}
      - name: hydra-disk
        hostPath: {path: /var/lib/hydra, type: DirectoryOrCreate}
    """
        .formatted(name, OutsideHydra.CHANNEL, node, manager);
  }
}
