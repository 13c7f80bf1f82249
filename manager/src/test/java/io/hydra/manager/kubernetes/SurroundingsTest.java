package io.hydra.manager.kubernetes;

import static io.hydra.manager.kubernetes.Objects.budget;
import static io.hydra.manager.kubernetes.Objects.pod;
import static io.hydra.manager.kubernetes.Objects.podIn;
import static io.hydra.manager.kubernetes.Objects.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.rollout.DisruptionBudget;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final ChannelId CHANNEL = ChannelId.parse(Objects.CHANNEL);
  private static final String ALL = "{}";
  private static final InstanceRegistration A =
      new InstanceRegistration(InstanceId.of("a"), CHANNEL, NodeName.of("n"));

  private final Surroundings surroundings = new Surroundings();
  private final List<ChannelId> changes = new ArrayList<>();

  SurroundingsTest() {
    surroundings.onChange(changes::add);
  }

  private Pod only() {
    var pods = surroundings.podsOf(CHANNEL);
    assertThat(pods).hasSize(1);
    return pods.getFirst();
  }

  private EndpointState endpoint() {
    return surroundings.awaitEndpoint(A, Optional.empty(), Duration.ZERO);
  }

  private List<String> budgets() {
    return only().budgets().orElseThrow().stream().map(DisruptionBudget::name).toList();
  }

  private static Name name(String name) {
    return new Name(Optional.of("search"), name);
  }

  @Test
  void givenAPod_thenItIsToldOnceHoweverOftenItIsSeen() {
    surroundings.put(pod("a", "x", true));
    surroundings.put(pod("a", "x", true));

    assertThat(changes).containsExactly(CHANNEL);
    assertThat(only().ready()).isTrue();
    assertThat(only().isOut()).isFalse();
    assertThat(surroundings.hasConsumers("search")).isTrue();
  }

  @Test
  void givenAPodThatGoes_thenNothingOfItIsLeft() {
    surroundings.put(pod("a", "x", true));
    surroundings.remove(name("a"));

    assertThat(surroundings.podsOf(CHANNEL)).isEmpty();
    assertThat(surroundings.podOf(A)).isEmpty();
    assertThat(surroundings.hasConsumers("search")).isFalse();
    assertThat(changes).hasSize(2);
  }

  @Test
  void givenNoSliceThatNamesThePod_thenItsTrafficIsNotKnown() {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "other", "\"ready\":true"));

    assertThat(endpoint()).isEqualTo(EndpointState.UNKNOWN);
    assertThat(changes).hasSize(1);
  }

  @Test
  void givenASliceBeforeItsPod_thenItCounts() {
    surroundings.putSlice(slice("s", "a", "\"ready\":true"));
    surroundings.put(pod("a", "x", true));

    assertThat(endpoint()).isEqualTo(EndpointState.READY);
  }

  @Test
  void givenTwoSlices_thenTrafficIsGoneOnlyWhenBothSaySo() {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "a", "\"ready\":true"));
    surroundings.putSlice(slice("t", "a", "\"ready\":true"));

    surroundings.putSlice(slice("s", "a", "\"ready\":false"));
    assertThat(endpoint()).isEqualTo(EndpointState.READY);

    surroundings.putSlice(slice("t", "a", "\"ready\":false"));
    assertThat(endpoint()).isEqualTo(EndpointState.NOT_READY);
    assertThat(only().isOut()).isTrue();

    surroundings.removeSlice(name("s"));
    surroundings.removeSlice(name("t"));
    assertThat(endpoint()).isEqualTo(EndpointState.UNKNOWN);
  }

  @Test
  void givenConditionsThatAreNotSaid_thenTheEndpointIsReady() {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "a", ""));

    assertThat(endpoint()).isEqualTo(EndpointState.READY);
  }

  /** Its {@code ready} never changes, so it cannot be waited for. */
  @Test
  void givenAServiceThatPublishesWhatIsNotReady_thenWhatCountsIsWhetherItServes() {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "a", "\"ready\":true,\"serving\":false"));

    assertThat(endpoint()).isEqualTo(EndpointState.NOT_READY);
  }

  @Test
  void givenAPodThatEnds_thenItsEndpointIsNotReadyThoughItServes() {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "a", "\"ready\":false,\"serving\":true,\"terminating\":true"));

    assertThat(endpoint()).isEqualTo(EndpointState.NOT_READY);
  }

  @Test
  void givenSomebodyWaitsForTrafficToBeGone_thenHeIsToldWhenItIs() throws Exception {
    surroundings.put(pod("a", "x", true));
    surroundings.putSlice(slice("s", "a", "\"ready\":true"));
    var waiting =
        CompletableFuture.supplyAsync(
            () ->
                surroundings.awaitEndpoint(
                    A, Optional.of(EndpointState.READY), Duration.ofMinutes(1)));

    surroundings.putSlice(slice("s", "a", "\"ready\":false"));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(EndpointState.NOT_READY);
  }

  @Test
  void givenAnInstanceOnAnotherNode_thenThePodIsNotIts() {
    surroundings.put(pod("a", "x", true));

    assertThat(
            surroundings.podOf(
                new InstanceRegistration(InstanceId.of("a"), CHANNEL, NodeName.of("m"))))
        .isEmpty();
    assertThat(
            surroundings.podOf(
                new InstanceRegistration(InstanceId.of("search.a"), CHANNEL, NodeName.of("n"))))
        .isPresent();
  }

  @Test
  void givenPodsOfTheSameNameInTwoNamespaces_thenOnlyAnExactNameTellsWhichOneIsMeant() {
    surroundings.put(podIn("search", "a"));
    surroundings.put(podIn("other", "a"));

    assertThat(surroundings.podOf(A)).isEmpty();
    assertThat(
            surroundings.podOf(
                new InstanceRegistration(InstanceId.of("other.a"), CHANNEL, NodeName.of("n"))))
        .hasValueSatisfying(pod -> assertThat(pod.namespace()).isEqualTo("other"));
  }

  /** A name may have dots, and look like another's with its namespace. */
  @Test
  void givenAPodThatIsCalledAsAnotherWithItsNamespace_thenTheExactOneIsMeant() {
    surroundings.put(podIn("other", "search.a"));
    surroundings.put(podIn("search", "a"));

    assertThat(
            surroundings.podOf(
                new InstanceRegistration(InstanceId.of("search.a"), CHANNEL, NodeName.of("n"))))
        .hasValueSatisfying(pod -> assertThat(pod.namespace()).isEqualTo("search"));
  }

  @Test
  void givenBudgetsThatWereNotListed_thenTheyAreUnknown() {
    surroundings.put(pod("a", "x", true));
    assertThat(only().budgets()).isEmpty();

    surroundings.budgetsListed("search");
    assertThat(only().budgets()).contains(List.of());
    assertThat(changes).hasSize(2);
  }

  @Test
  void givenABudget_thenItProtectsThePodsThatItSelects() {
    surroundings.put(pod("a", "x", true));
    surroundings.budgetsListed("search");

    surroundings.putBudget(budget(1, "{\"matchLabels\":{\"app\":\"y\"}}", 1, ""));
    assertThat(budgets()).isEmpty();
    surroundings.putBudget(budget(2, "{\"matchLabels\":{\"app\":\"x\"}}", 1, ""));
    assertThat(budgets()).containsExactly("search/pdb");
    surroundings.putBudget(
        budget(
            3,
            "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"x\"]}]}",
            1,
            ""));
    assertThat(budgets()).isEmpty();
    surroundings.putBudget(budget(4, ALL, 1, ""));
    assertThat(budgets()).containsExactly("search/pdb");

    surroundings.removeBudget(name("pdb"));
    assertThat(budgets()).isEmpty();
  }

  @Test
  void givenANewerStateOfABudget_thenAnOlderOneThatComesLateIsIgnored() {
    surroundings.put(pod("a", "x", true));
    surroundings.budgetsListed("search");
    surroundings.putBudget(budget(10, ALL, 0, "\"a\":\"2026-11-01T09:00:00Z\""));
    int told = changes.size();

    surroundings.putBudget(budget(9, ALL, 1, ""));

    var state = only().budgets().orElseThrow().getFirst();
    assertThat(state.allowed()).isZero();
    assertThat(state.noted()).containsExactly("a");
    assertThat(changes).hasSize(told);
  }

  @Test
  void givenABudgetWhoseRulesHaveChangedAndWereNotCountedBy_thenItAllowsNothing() {
    surroundings.put(pod("a", "x", true));
    surroundings.budgetsListed("search");
    surroundings.putBudget(
        Objects.read(
            """
            {"metadata":{"name":"pdb","namespace":"search","resourceVersion":"1","generation":2},
            "spec":{"selector":{}},"status":{"observedGeneration":1,"disruptionsAllowed":1}}
            """));

    assertThat(only().budgets().orElseThrow().getFirst().allowed()).isZero();
  }
}
