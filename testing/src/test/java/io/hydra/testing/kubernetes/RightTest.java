package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightTest {
  private static final String MANAGER = "hydra:hydra-manager";
  private static final Right LIST_PODS = new Right(MANAGER, "list", "", "pods", "", "");
  private static final Right PATCH_OWN_SECRET =
      new Right(MANAGER, "patch", "", "secrets", "hydra", "certificate");

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void givenRolesAndBindings_thenAllThatTheyAllowHydrasAccountsIsGranted() throws IOException {
    var objects =
        json(
            """
            [{"kind":"ClusterRole","metadata":{"name":"reads"},
              "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]},
             {"kind":"Role","metadata":{"name":"writes","namespace":"hydra"},
              "rules":[{"apiGroups":[""],"resources":["secrets"],"verbs":["patch"],"resourceNames":["certificate"]}]},
             {"kind":"ClusterRoleBinding","metadata":{"name":"a"},"roleRef":{"kind":"ClusterRole","name":"reads"},
              "subjects":[{"kind":"ServiceAccount","namespace":"hydra","name":"hydra-manager"},
                          {"kind":"ServiceAccount","namespace":"kube-system","name":"other"}]},
             {"kind":"RoleBinding","metadata":{"name":"b","namespace":"hydra"},"roleRef":{"kind":"Role","name":"writes"},
              "subjects":[{"kind":"ServiceAccount","namespace":"hydra","name":"hydra-manager"}]}]
            """);

    assertThat(GrantedRights.of(objects)).containsExactlyInAnyOrder(LIST_PODS, PATCH_OWN_SECRET);
  }

  @Test
  void givenRequests_thenWhatTheyUsedIsToldByVerbGroupResourceAndName() throws IOException {
    var eviction =
        json(
            """
            {"user":{"username":"system:serviceaccount:hydra:hydra-manager"},"verb":"create",
             "objectRef":{"resource":"pods","subresource":"eviction","namespace":"default","name":"a"}}
            """);
    var foreign =
        json(
            """
            {"user":{"username":"system:serviceaccount:default:default"},"verb":"get",
             "objectRef":{"resource":"secrets","namespace":"default","name":"a"}}
            """);

    assertThat(UsedRights.of(List.of(eviction, foreign)))
        .containsExactly(new Right(MANAGER, "create", "", "pods/eviction", "default", "a"));
  }

  @Test
  void givenARequestThatNothingAllows_thenItIsBeyond() {
    var ofAnother = new Right(MANAGER, "patch", "", "secrets", "hydra", "other");
    var elsewhere = new Right(MANAGER, "patch", "", "secrets", "default", "certificate");
    var pods = new Right(MANAGER, "list", "", "pods", "default", "");

    assertThat(
            UsedRights.beyond(
                Set.of(ofAnother, elsewhere, pods), Set.of(LIST_PODS, PATCH_OWN_SECRET)))
        .containsExactlyInAnyOrder(ofAnother.ofAnyObject(), elsewhere.ofAnyObject());
  }

  @Test
  void givenARightThatNoRequestNeeded_thenItIsIdle() {
    var used = new Right(MANAGER, "list", "", "pods", "default", "");

    assertThat(UsedRights.idle(Set.of(LIST_PODS, PATCH_OWN_SECRET), Set.of(used)))
        .containsExactly(PATCH_OWN_SECRET);
  }
}
