package io.hydra.manager.inject.authority;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Objects as an API server keeps them: who replaces one has to have read its newest version. */
final class StoredObjects implements ClusterObjects {
  static final String SECRET = "/secret";
  static final String CONFIGURATION = "/configuration";
  private final Map<String, ObjectNode> objects = new HashMap<>();
  private int version;
  private int writes;

  StoredObjects() throws IOException {
    var json = new ObjectMapper();
    write(SECRET, (ObjectNode) json.readTree("{\"metadata\":{}}"));
    write(
        CONFIGURATION,
        (ObjectNode)
            json.readTree("{\"metadata\":{},\"webhooks\":[{\"name\":\"a\",\"clientConfig\":{}}]}"));
    writes = 0;
  }

  @Override
  public JsonNode get(String path) {
    return Optional.ofNullable(objects.get(path)).orElseThrow().deepCopy();
  }

  @Override
  public void put(String path, JsonNode object) throws IOException {
    var version = object.at("/metadata/resourceVersion");
    if (!version.equals(get(path).at("/metadata/resourceVersion"))) {
      throw new IOException("conflict");
    }
    write(path, object.deepCopy());
  }

  private void write(String path, ObjectNode object) {
    ((ObjectNode) object.path("metadata")).put("resourceVersion", Integer.toString(++version));
    objects.put(path, object);
    writes++;
  }

  /** How often something was changed. */
  int writes() {
    return writes;
  }

  String bundle() {
    return get(CONFIGURATION).at("/webhooks/0/clientConfig/caBundle").asText();
  }

  /** As a person with rights does. */
  void setBundle(String value) throws IOException {
    var configuration = get(CONFIGURATION);
    ((ObjectNode) configuration.at("/webhooks/0/clientConfig")).put("caBundle", value);
    put(CONFIGURATION, configuration);
  }

  /** As {@code kubectl annotate} does. */
  void annotateSecret(String key, String value) throws IOException {
    var secret = (ObjectNode) get(SECRET);
    secret.withObjectProperty("metadata").withObjectProperty("annotations").put(key, value);
    put(SECRET, secret);
  }

  void setSecret(String key, String value) throws IOException {
    var secret = (ObjectNode) get(SECRET);
    secret.withObjectProperty("data").put(key, value);
    put(SECRET, secret);
  }
}
