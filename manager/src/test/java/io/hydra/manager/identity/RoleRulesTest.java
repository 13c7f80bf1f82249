package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.manager.reconcile.FakeClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleRulesTest {
  private static final Attested PIPELINE = account("ci", "publisher", "system:authenticated");
  private static final Attested JANE =
      new Attested("jane@example.com", Set.of("search-team"), Optional.empty());

  private final Path file;

  RoleRulesTest(@TempDir Path directory) {
    file = directory.resolve("roles");
  }

  private static Attested account(String namespace, String name, String... groups) {
    return new Attested(
        "system:serviceaccount:%s:%s".formatted(namespace, name), Set.of(groups), Optional.empty());
  }

  private List<Grant> grants(Attested who, String... lines) throws IOException {
    Files.write(file, List.of(lines));
    return new RoleRules(Optional.of(file), new FakeClock()).of(who);
  }

  private static Grant grant(Role role, String channels) {
    return new Grant(role, ChannelPattern.of(channels).orElseThrow());
  }

  @Test
  void givenAServiceAccount_thenItsLinesAddUp() throws IOException {
    assertThat(
            grants(
                PIPELINE,
                "publisher prod/search/*,prod/docs/* serviceaccount:ci/publisher",
                "viewer * group:system:authenticated",
                "admin * serviceaccount:ci/publisher-2 serviceaccount:c/* user:publisher"))
        .containsExactly(
            grant(Role.PUBLISHER, "prod/search/*"),
            grant(Role.PUBLISHER, "prod/docs/*"),
            grant(Role.VIEWER, "*"));
  }

  @Test
  void givenAllAccountsOfANamespace_thenThoseOfOthersAreNotMeant() throws IOException {
    assertThat(grants(PIPELINE, "operator prod/ci/* serviceaccount:ci/*")).hasSize(1);
    assertThat(grants(account("ci-2", "x"), "operator prod/ci/* serviceaccount:ci/*")).isEmpty();
  }

  @Test
  void givenUsersAndGroups_thenTheyAreTakenByTheirWholeNames() throws IOException {
    assertThat(grants(JANE, "operator prod/search/* group:search-team")).hasSize(1);
    assertThat(grants(JANE, "operator prod/search/* user:jane@example.com")).hasSize(1);
    assertThat(grants(JANE, "admin * group:search group:jane@example.com user:search-team"))
        .isEmpty();
  }

  @Test
  void givenAUserWhoIsCalledLikeAnAccount_thenThatIsNoAccount() throws IOException {
    var user = new Attested("ci/publisher", Set.of(), Optional.empty());

    assertThat(grants(user, "admin * serviceaccount:ci/publisher")).isEmpty();
  }

  @Test
  void givenNoFile_thenNobodyHasARole() {
    assertThat(new RoleRules(Optional.empty(), new FakeClock()).of(PIPELINE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "viewer *|line 1: must be written ROLE CHANNELS WHO",
        "agent * group:nodes|need no line",
        "viewer * jane|'jane' must be serviceaccount:NAMESPACE/NAME",
        "viewer * serviceaccount:ci|'serviceaccount:ci' must be",
        "viewer prod/A/* user:jane|'prod/A/*' is no pattern"
      })
  void givenAMistake_thenTheStartEndsAndSaysWhere(String line, String words) {
    assertThatThrownBy(() -> grants(JANE, line))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hydra.identity.kubernetes.roles-file")
        .hasMessageContaining(words);
  }
}
