package io.hydra.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.cli.CliFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static final Context LIVE =
      new Context(
          Optional.of("http://live:1"),
          List.of("prod"),
          Optional.of("search"),
          Optional.of("searcher"),
          ConnectionFiles.NONE);
  private static final Context TEST =
      new Context(
          Optional.of("http://test:2"),
          List.of("stage", "dev"),
          Optional.empty(),
          Optional.empty(),
          ConnectionFiles.NONE);
  private static final CliConfig BOTH =
      new CliConfig(Optional.of("live"), Map.of("live", LIVE, "test", TEST));

  @Test
  void withoutAnythingItIsTheLocalManagerAndProd() {
    var destination = resolve(CliConfig.EMPTY, Map.of(), Wanted.NOTHING);

    assertThat(destination.manager()).isEqualTo(ManagerAddress.DEFAULT);
    assertThat(destination.env()).contains("prod");
  }

  @Test
  void theCurrentContextGivesAllThatIsNotSaid() {
    var destination = resolve(BOTH, Map.of(), Wanted.NOTHING);

    assertThat(destination.manager().uri()).hasToString("http://live:1");
    assertThat(destination.channel()).hasToString("prod/search/searcher");
  }

  @Test
  void anEnvironmentChoosesTheContextThatListsIt() {
    var destination = resolve(BOTH, Map.of(), env("dev"));

    assertThat(destination.manager().uri()).hasToString("http://test:2");
    assertThat(destination.env()).contains("dev");
  }

  @Test
  void theVariableForTheEnvironmentChoosesAsTheOptionDoes() {
    var destination = resolve(BOTH, Map.of("HYDRA_ENV", "stage"), Wanted.NOTHING);

    assertThat(destination.manager().uri()).hasToString("http://test:2");
  }

  @Test
  void theCurrentContextGoesFirstWhereSeveralListTheEnvironment() {
    var twin = new CliConfig(Optional.of("b"), Map.of("a", LIVE, "b", LIVE));

    assertThat(resolve(twin, Map.of(), env("prod")).manager().origin()).isEqualTo("context 'b'");
  }

  @Test
  void severalThatListTheEnvironmentAreAChoiceForTheUser() {
    var twins = new CliConfig(Optional.empty(), Map.of("a", LIVE, "b", LIVE));

    assertThatThrownBy(() -> resolve(twins, Map.of(), env("prod")))
        .isInstanceOf(CliFailure.class)
        .hasMessage("several contexts list the environment 'prod': a, b");
  }

  @Test
  void anEnvironmentThatNoContextListsIsRefused() {
    assertThatThrownBy(() -> resolve(BOTH, Map.of(), env("moon")))
        .isInstanceOf(CliFailure.class)
        .hasMessage("no context lists the environment 'moon'");
  }

  @Test
  void anEnvironmentThatNoContextListsIsFineWithAnAddress() {
    var wanted =
        new Wanted(
            Optional.empty(),
            Optional.of("http://moon:3"),
            Optional.of("moon"),
            Optional.of("n"),
            Optional.of("r"),
            ConnectionFiles.NONE);

    var destination = resolve(BOTH, Map.of(), wanted);

    assertThat(destination.manager().uri()).hasToString("http://moon:3");
    assertThat(destination.channel()).hasToString("moon/n/r");
  }

  @Test
  void theOnlyContextNeedsNotBeCurrent() {
    var one = new CliConfig(Optional.empty(), Map.of("live", LIVE));

    assertThat(resolve(one, Map.of(), Wanted.NOTHING).manager().uri()).hasToString("http://live:1");
  }

  @Test
  void theOptionForTheManagerBeatsAllElse() {
    var wanted =
        new Wanted(
            Optional.of("test"),
            Optional.of("http://option:9"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ConnectionFiles.NONE);

    assertThat(resolve(BOTH, Map.of("HYDRA_MANAGER", "http://variable:8"), wanted).manager().uri())
        .hasToString("http://option:9");
  }

  @Test
  void theVariableForTheManagerBeatsTheCurrentContext() {
    assertThat(
            resolve(BOTH, Map.of("HYDRA_MANAGER", "http://variable:8"), Wanted.NOTHING)
                .manager()
                .uri())
        .hasToString("http://variable:8");
  }

  @Test
  void aContextThatIsNamedBeatsTheVariableForTheManager() {
    assertThat(
            resolve(BOTH, Map.of("HYDRA_MANAGER", "http://variable:8"), context("test"))
                .manager()
                .uri())
        .hasToString("http://test:2");
  }

  @Test
  void aContextThatIsNotThereIsRefusedAndTheOthersAreNamed() {
    assertThatThrownBy(() -> resolve(BOTH, Map.of(), context("tset")))
        .isInstanceOfSatisfying(
            CliFailure.class,
            failure -> assertThat(failure.hint()).contains("there are: live, test"));
  }

  @Test
  void severalEnvironmentsInAContextAreNoDefault() {
    var destination = resolve(BOTH, Map.of(), context("test"));

    assertThatThrownBy(destination::channel)
        .isInstanceOf(CliFailure.class)
        .hasMessage("the environment is missing");
  }

  @Test
  void variablesBeatTheContextForTheChannel() {
    var destination =
        resolve(BOTH, Map.of("HYDRA_NAMESPACE", "ns", "HYDRA_RELEASE", "other"), Wanted.NOTHING);

    assertThat(destination.channel()).hasToString("prod/ns/other");
  }

  @Test
  void anAddressWithoutSchemeIsHttp() {
    assertThat(ManagerAddress.of("localhost:8080", "test").uri())
        .hasToString("http://localhost:8080");
  }

  @Test
  void anAddressOfAnotherSchemeIsRefused() {
    assertThatThrownBy(() -> ManagerAddress.of("file:///etc", "test"))
        .isInstanceOf(CliFailure.class);
  }

  private static Destination resolve(
      CliConfig config, Map<String, String> variables, Wanted wanted) {
    return new Resolution(config, new Variables(variables)).resolve(wanted);
  }

  private static Wanted env(String env) {
    return new Wanted(
        Optional.empty(),
        Optional.empty(),
        Optional.of(env),
        Optional.empty(),
        Optional.empty(),
        ConnectionFiles.NONE);
  }

  private static Wanted context(String name) {
    return new Wanted(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ConnectionFiles.NONE);
  }
}
