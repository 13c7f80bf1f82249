package io.hydra.docto.manager;

import io.hydra.api.ManifestsApi;
import io.hydra.api.NodesApi;
import io.hydra.api.ProblemReader;
import io.hydra.docto.config.ManagerConfig;
import io.hydra.docto.config.NodeIdentity;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The manager, as this node speaks to it. Every call throws {@code HydraException} with the
 * manager's code, or {@code ProcessingException} where no manager answers.
 */
@Singleton
public class ManagerClient implements ManagerCalls {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final NodeIdentity node;
  private final ManagerConfig config;
  private final NodesApi nodes;
  private final NodesApi patientNodes;
  private final ManifestsApi manifests;

  ManagerClient(NodeIdentity node, ManagerConfig config) {
    this.node = node;
    this.config = config;
    this.nodes = client(NodesApi.class, config.timeout());
    this.patientNodes = client(NodesApi.class, config.pollWait().plus(config.timeout()));
    this.manifests = client(ManifestsApi.class, config.timeout());
  }

  @Override
  public void register() {
    nodes.put(node.name().value(), node.registration());
  }

  @Override
  public NodeDesired awaitDesired(long since) {
    return patientNodes.desired(node.name().value(), since, config.pollWait().toMillis() + "ms");
  }

  @Override
  public void report(NodeReport report) {
    nodes.report(node.name().value(), report);
  }

  @Override
  public Manifest manifest(Digest digest) {
    return manifests.get(digest.hex());
  }

  private <T> T client(Class<T> api, Duration readTimeout) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(config.url())
        .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .register(ProblemReader.class)
        .build(api);
  }
}
