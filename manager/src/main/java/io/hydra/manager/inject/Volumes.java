package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a pod needs of volumes, and where containers find them. */
final class Volumes {
  /** Where AppMan keeps what it switches: {@code current} above all. */
  static final String OWN = "/run/hydra";

  static final String DISK = "/var/lib/hydra";
  static final String RAM = "/var/lib/hydra-ram";
  static final String SECRETS = "/var/run/secrets/hydra";
  static final String TOKEN_FILE = SECRETS + "/token";
  static final String CA_FILE = SECRETS + "/ca.crt";
  private static final String OWN_NAME = "hydra";
  private static final String DISK_NAME = "hydra-disk";
  private static final String RAM_NAME = "hydra-ram";
  private static final String SECRETS_NAME = "hydra-token";

  /** Renewed by the kubelet when most of it is over. */
  private static final int TOKEN_SECONDS = 3600;

  private final InjectionConfig config;

  /**
   * A volume.
   *
   * @param volume as a pod has it
   * @param source the member that says what kind of volume it is
   */
  record Needed(ObjectNode volume, String source) {
    String name() {
      return volume.path("name").asText();
    }

    /** Whether the other one, with perhaps some defaults filled in, is this one. */
    boolean is(JsonNode other) {
      var path = volume.path(source).path("path");
      return other.has(source) && other.path(source).path("path").equals(path);
    }
  }

  Volumes(InjectionConfig config) {
    this.config = config;
  }

  /** The data, for everybody. */
  List<Needed> data() {
    return List.of(
        needed(OWN_NAME, "emptyDir", Tree.object()),
        needed(DISK_NAME, "hostPath", directory(config.paths().disk())),
        needed(RAM_NAME, "hostPath", directory(config.paths().ram())));
  }

  /** What AppMan shows the manager, and whom it trusts to be that. */
  Needed secrets() {
    var token =
        Tree.object(
            "audience",
            config.tokenAudience(),
            "expirationSeconds",
            TOKEN_SECONDS,
            "path",
            "token");
    var sources = Tree.array(Tree.object("serviceAccountToken", token));
    config
        .managerCaConfigMap()
        .map(
            name ->
                Tree.object(
                    "name",
                    name,
                    "items",
                    Tree.array(Tree.object("key", "ca.crt", "path", "ca.crt"))))
        .ifPresent(map -> sources.add(Tree.object("configMap", map)));
    return needed(SECRETS_NAME, "projected", Tree.object("sources", sources));
  }

  /** An application reads only: what it finds is AppMan's to change. */
  static List<ObjectNode> readOnlyMounts() {
    return List.of(
        Tree.object("name", OWN_NAME, "mountPath", OWN, "readOnly", true),
        mount(DISK_NAME, DISK),
        mount(RAM_NAME, RAM));
  }

  static List<ObjectNode> appManMounts() {
    return List.of(
        Tree.object("name", OWN_NAME, "mountPath", OWN),
        mount(DISK_NAME, DISK),
        mount(RAM_NAME, RAM),
        Tree.object("name", SECRETS_NAME, "mountPath", SECRETS, "readOnly", true));
  }

  private static Needed needed(String name, String source, ObjectNode content) {
    return new Needed(Tree.object("name", name, source, content), source);
  }

  /** A pod may be there before its node's Docto was. */
  private static ObjectNode directory(String path) {
    return Tree.object("path", path, "type", "DirectoryOrCreate");
  }

  private static ObjectNode mount(String name, String path) {
    return Tree.object(
        "name", name, "mountPath", path, "readOnly", true, "mountPropagation", "HostToContainer");
  }
}
