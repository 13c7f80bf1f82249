package io.hydra.docto.config;

import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who this node is to the manager. */
@Singleton
public final class NodeIdentity {
  private final NodeName name;
  private final Map<String, String> labels;
  private final Path root;
  private final String version;

  NodeIdentity(
      NodeConfig node,
      StorageConfig storage,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version) {
    this.name = NodeName.of(node.name().orElseGet(NodeIdentity::hostName));
    this.labels = Map.copyOf(node.labels());
    this.root = storage.root().toAbsolutePath().normalize();
    this.version = version;
  }

  public NodeName name() {
    return name;
  }

  public NodeRegistration registration() {
    return new NodeRegistration(name, labels, root.toString(), version);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unnamed) {
      throw new IllegalStateException(
          "this host does not know its name; set hydra.node.name", unnamed);
    }
  }
}
