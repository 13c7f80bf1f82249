package io.hydra.manager.inject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The question and the answer, as bytes. */
class AdmissionReviewsTest {
  private static final String QUESTION =
      """
      {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
        "uid": "705ab4f5-6393-11e8-b7cc-42010a800002", "namespace": "search", "operation": "CREATE",
        "resource": {"group": "", "version": "v1", "resource": "pods"}, "dryRun": false,
        "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": []}}}}
      """;

  private static AdmissionReviews.Question read(String text) throws IOException {
    return AdmissionReviews.read(text.getBytes(UTF_8));
  }

  private static JsonNode answer(Verdict verdict) throws IOException {
    return Pods.JSON.readTree(AdmissionReviews.write("705ab4f5", verdict));
  }

  @Test
  void givenAQuestion_thenPodAndNamespaceAreRead() throws IOException {
    var question = read(QUESTION);

    assertThat(question.namespace()).isEqualTo("search");
    assertThat(question.pod().path("kind").asText()).isEqualTo("Pod");
  }

  @ParameterizedTest
  @CsvSource({
    "admission.k8s.io/v1, admission.k8s.io/v1beta1",
    "AdmissionReview, Pod",
    "CREATE, DELETE",
    "'\"pods\"', '\"services\"'",
    "search, '../../x'",
    "705ab4f5-6393-11e8-b7cc-42010a800002, 'a b'",
    "'{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {}, \"spec\": {\"containers\": []}}', null",
    "'{\"containers\": []}', '[]'"
  })
  void givenAnythingElse_thenItIsRefused(String part, String other) {
    var text = QUESTION.replace(part, other);
    assertThat(text).isNotEqualTo(QUESTION);

    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "\"\"", "{\"request\": 1}", "\u0000"})
  void givenNoJsonOfThatKind_thenItIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void givenNestingWithoutEnd_thenItIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(1 << 20))).isInstanceOf(IOException.class);
  }

  @Test
  void givenAPatch_thenItIsInBase64() throws IOException {
    var patch = Tree.array(Tree.object("op", "add", "path", "/spec/x", "value", "ü"));

    var response = answer(new Verdict.Admitted(patch, List.of("mind"))).path("response");

    assertThat(response.path("uid").asText()).isEqualTo("705ab4f5");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
    assertThat(Pods.JSON.readTree(Base64.getDecoder().decode(response.path("patch").asText())))
        .isEqualTo(patch);
    assertThat(response.at("/warnings/0").asText()).isEqualTo("mind");
  }

  @Test
  void givenNothingToAdd_thenThereIsNoPatch() throws IOException {
    var response = answer(new Verdict.Admitted(Tree.array(), List.of())).path("response");

    assertThat(response).isEqualTo(Tree.object("uid", "705ab4f5", "allowed", true));
  }

  @Test
  void givenARefusal_thenTheReasonIsItsMessage() throws IOException {
    var review = answer(new Verdict.Refused("because"));

    assertThat(review.at("/response/allowed").asBoolean(true)).isFalse();
    assertThat(review.at("/response/status"))
        .isEqualTo(Tree.object("code", 422, "reason", "Invalid", "message", "because"));
    assertThat((ObjectNode) review.path("response")).hasSize(3);
  }
}
