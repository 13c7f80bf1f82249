package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The API server's question and the answer to it, of {@code admission.k8s.io/v1}. */
final class AdmissionReviews {
  private static final String VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  /** What the API server names requests by. */
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int LONGEST_NAME = 253;
  private static final int UNPROCESSABLE = 422;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AdmissionReviews() {}

  /**
   * A question whether a pod may be created.
   *
   * @param uid names the question
   * @param dryRun whether nothing will come of it
   */
  record Question(String uid, String namespace, ObjectNode pod, boolean dryRun) {
    /** For people; most pods get the rest of their name later. */
    String podName() {
      var metadata = pod.path("metadata");
      var given = metadata.path("name").asText();
      var name = given.isEmpty() ? metadata.path("generateName").asText() + "*" : given;
      return namespace + "/" + Harmless.text(name, LONGEST_NAME);
    }
  }

  /** It is no such question. */
  static final class Malformed extends IOException {
    Malformed(String why) {
      super(why);
    }
  }

  /**
   * @throws IOException where it is no question of this kind
   */
  static Question read(byte[] body) throws IOException {
    var review = JSON.readTree(body);
    if (!review.path("apiVersion").asText().equals(VERSION)
        || !review.path("kind").asText().equals(KIND)) {
      throw new Malformed("it is no %s of %s".formatted(KIND, VERSION));
    }
    var request = review.path("request");
    var uid = matched(UID, request, "uid");
    var namespace = matched(NAMESPACE, request, "namespace");
    if (!request.at("/resource/resource").asText().equals("pods")
        || !request.path("operation").asText().equals("CREATE")
        || !(request.path("object") instanceof ObjectNode pod)
        || !pod.path("spec").isObject()) {
      throw new Malformed("it is no question whether a pod may be created");
    }
    return new Question(uid, namespace, pod, request.path("dryRun").asBoolean());
  }

  private static String matched(Pattern rule, JsonNode request, String member) throws Malformed {
    var value = request.path(member).asText();
    if (!rule.matcher(value).matches()) {
      throw new Malformed("it has no request." + member);
    }
    return value;
  }

  static byte[] write(String uid, Verdict verdict) throws IOException {
    var response = Tree.object("uid", uid);
    switch (verdict) {
      case Verdict.Admitted(var patch, var warnings) -> {
        response.put("allowed", true);
        if (!patch.isEmpty()) {
          response.put("patchType", "JSONPatch");
          response.put("patch", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(patch)));
        }
        add(response, warnings);
      }
      case Verdict.Refused(var why) -> {
        response.put("allowed", false);
        response.set(
            "status", Tree.object("code", UNPROCESSABLE, "reason", "Invalid", "message", why));
      }
    }
    return JSON.writeValueAsString(review("response", response)).getBytes(StandardCharsets.UTF_8);
  }

  /** What question and answer are wrapped in. */
  static ObjectNode review(String part, ObjectNode content) {
    return Tree.object("apiVersion", VERSION, "kind", KIND, part, content);
  }

  private static void add(ObjectNode response, List<String> warnings) {
    if (!warnings.isEmpty()) {
      var all = response.putArray("warnings");
      warnings.forEach(all::add);
    }
  }
}
