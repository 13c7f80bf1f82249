package io.hydra.testing.stage;

import io.hydra.layout.NodeLayout;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings with which each program is started, so that they find each other.
 *
 * @param directory of the stage
 * @param s3 endpoint of the S3 server, for the manager
 * @param links of the agents
 */
record Wiring(Programs programs, StageSettings settings, Path directory, URI s3, Links links) {
  Program manager(int port) throws IOException {
    var flags = new LinkedHashMap<String, String>();
    flags.put("quarkus.http.port", Integer.toString(port));
    flags.put("hydra.environments", settings.channel().env());
    flags.put("hydra.store.file", made("manager").resolve("manager.mv").toString());
    flags.put("hydra.leader.grace", seconds(settings.grace()));
    flags.putAll(s3Access(s3));
    return program("manager", programs.quarkus("manager", "192m", flags), port, "ready");
  }

  Node node(NodeSettings node) throws IOException {
    int port = Ports.free();
    var root = made(node.name()).resolve("root");
    var ram = made(node.name()).resolve("ram");
    Files.createDirectories(root);
    Files.createDirectories(ram);
    var flags = new LinkedHashMap<String, String>();
    flags.put("quarkus.http.port", Integer.toString(port));
    flags.put("hydra.node.name", node.name());
    flags.put("hydra.node.labels.host", node.name());
    flags.put("hydra.manager.url", links.manager().toString());
    flags.put("hydra.root", root.toString());
    flags.put("hydra.ram-root", ram.toString());
    flags.put("hydra.disk-reserve", "0");
    node.ramCapacity().ifPresent(bytes -> flags.put("hydra.ram-capacity", Long.toString(bytes)));
    node.diskCapacity().ifPresent(bytes -> flags.put("hydra.disk-capacity", Long.toString(bytes)));
    flags.putAll(s3Access(links.s3()));
    flags.putAll(links.s3Trust());
    flags.putAll(links.managerTrust());
    return new Node(
        node.name(),
        new NodeLayout(root, Optional.of(ram)),
        program("docto-" + node.name(), programs.quarkus("docto", "128m", flags), port, "ready"));
  }

  Replica replica(String id, Node node) throws IOException {
    int servicePort = Ports.free();
    int agentPort = Ports.free();
    var data = made(id);
    var service = URI.create("http://127.0.0.1:" + servicePort);
    var application =
        new Program(
            id,
            programs.textAnalysis(servicePort, data.resolve("current")),
            log(id),
            service.resolve("/in-flight"));
    var flags = new LinkedHashMap<String, String>();
    flags.put("quarkus.http.port", Integer.toString(agentPort));
    flags.put("hydra.instance.id", id);
    flags.put("hydra.instance.channel", settings.channel().toString());
    flags.put("hydra.instance.node", node.name());
    flags.put("hydra.manager.url", links.manager().toString());
    flags.putAll(links.managerTrust());
    flags.put("hydra.root", node.layout().root().toString());
    flags.put("hydra.ram-root", node.layout().ramRoot().orElseThrow().toString());
    flags.put("hydra.dir", data.toString());
    flags.put("hydra.app.reload", "http");
    flags.put("hydra.app.reload-url", service + "/reload");
    flags.put("hydra.app.loaded-url", service + "/loaded");
    flags.put("hydra.app.ready-url", service + "/ready");
    flags.put("hydra.app.in-flight-url", service + "/in-flight");
    flags.put("hydra.drain.settle", settings.drainSettle().toString());
    var appman =
        program("appman-" + id, programs.quarkus("appman", "96m", flags), agentPort, "live");
    return new Replica(
        id,
        node.name(),
        data,
        application,
        appman,
        service,
        URI.create("http://127.0.0.1:" + agentPort + "/q/health/ready"));
  }

  private static Map<String, String> s3Access(URI endpoint) {
    return Map.of(
        "hydra.s3.endpoint", endpoint.toString(),
        "hydra.s3.path-style", "true",
        "hydra.s3.access-key", "demo",
        "hydra.s3.secret-key", "demo");
  }

  private Program program(String name, List<String> command, int port, String health) {
    return new Program(
        name, command, log(name), URI.create("http://127.0.0.1:" + port + "/q/health/" + health));
  }

  private Path made(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  private Path log(String name) {
    return directory.resolve("logs").resolve(name + ".log");
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
