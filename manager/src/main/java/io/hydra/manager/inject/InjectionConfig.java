package io.hydra.manager.inject;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Whether and how the manager adds AppMan to pods that ask for it. */
@ConfigMapping(prefix = "hydra.kubernetes.injection")
public interface InjectionConfig {
  /** Whether it does. */
  @WithDefault("false")
  boolean enabled();

  /** Address that the webhook listens on. */
  @WithDefault("${quarkus.http.host}")
  String host();

  /** Port of the webhook, which speaks HTTPS. */
  @WithDefault("8443")
  int port();

  /** Names or addresses by which the API server calls the webhook; the first is the Service's. */
  @WithDefault("hydra-webhook.hydra.svc")
  List<String> names();

  /** The namespace that the manager's own objects are in. */
  @WithDefault("hydra")
  String namespace();

  /** The Secret that keeps the webhook's certificate authority; it has to be there. */
  @WithDefault("hydra-webhook")
  String secret();

  /** The MutatingWebhookConfiguration; it has to be there. */
  @WithDefault("hydra-injection")
  String configuration();

  /** The manager's address, as pods call it. */
  @WithDefault("http://hydra-manager.hydra.svc:8080")
  URI managerUrl();

  /**
   * A ConfigMap in the pods' own namespaces whose {@code ca.crt} signs the manager's certificate,
   * such as {@code kube-root-ca.crt}; needed for an {@code https} address of a private authority.
   */
  Optional<String> managerCaConfigMap();

  /** Whom the pods' tokens are for. */
  @WithDefault("hydra")
  String tokenAudience();

  /** AppMan's container. */
  AppMan appman();

  /** Where the nodes' Doctos keep data. */
  Paths paths();

  /** AppMan's container. */
  interface AppMan {
    /** Image of AppMan. */
    @WithDefault("hydra.local/hydra-appman:0.1.0-SNAPSHOT")
    String image();

    /** {@code Always}, {@code IfNotPresent} or {@code Never}. */
    @WithDefault("IfNotPresent")
    String imagePullPolicy();

    /**
     * Names of Secrets that the image's registry wants; they have to be in the pods' own
     * namespaces, and are added to the pods' {@code imagePullSecrets}.
     */
    Optional<List<String>> imagePullSecrets();

    /** Port of its probes; an annotation of the pod can name another. */
    @WithDefault("8082")
    int port();

    /** User and group that it runs as. */
    @WithDefault("65532")
    long runAsUser();

    @WithDefault("25m")
    String cpuRequest();

    @WithDefault("40Mi")
    String memoryRequest();

    @WithDefault("96Mi")
    String memoryLimit();

    /** Drain settle of pods that name none: probe, EndpointSlice, kube-proxy. */
    @WithDefault("5s")
    String drainSettle();
  }

  /** Where the nodes' Doctos keep data. */
  interface Paths {
    /** Docto's ROOT on the node. */
    @WithDefault("/var/lib/hydra")
    String disk();

    /** Docto's RAM_ROOT on the node. */
    @WithDefault("/dev/shm/hydra")
    String ram();
  }
}
