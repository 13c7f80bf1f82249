package io.hydra.manager.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisruptionsTest {
  private static DisruptionBudget budget(String name, int allowed, String... noted) {
    return new DisruptionBudget("search/" + name, allowed, 2 + allowed, 2, 3, Set.of(noted));
  }

  private static Pod pod(String name, boolean ready, DisruptionBudget... budgets) {
    return new Pod(
        "search",
        name,
        Optional.of(NodeName.of("n")),
        List.of(InstanceId.of(name)),
        ready,
        Optional.empty(),
        EndpointState.UNKNOWN,
        Optional.of(List.of(budgets)));
  }

  private static Pod unknown(String name) {
    return new Pod(
        "search",
        name,
        Optional.of(NodeName.of("n")),
        List.of(InstanceId.of(name)),
        true,
        Optional.empty(),
        EndpointState.UNKNOWN,
        Optional.empty());
  }

  private final Disruptions disruptions = new Disruptions();

  @Test
  void givenABudgetThatAllowsOne_thenItHasToNoteThePodFirst() {
    var pod = pod("a", true, budget("b", 1));

    assertThat(disruptions.obstacle(List.of(pod))).isEmpty();
    assertThat(disruptions.take(List.of(pod)).orElse("")).contains("search/b", "note");
    assertThat(disruptions.wanted()).containsExactly(pod);
  }

  @Test
  void givenABudgetThatHasNotedThePod_thenItMayGoWhateverIsLeft() {
    var pod = pod("a", true, budget("b", 0, "a"));

    assertThat(disruptions.obstacle(List.of(pod))).isEmpty();
    assertThat(disruptions.take(List.of(pod))).isEmpty();
    assertThat(disruptions.wanted()).containsExactly(pod);
  }

  @Test
  void givenABudgetThatAllowsNone_thenTheReasonNamesItAndItsNumbers() {
    var reason = disruptions.obstacle(List.of(pod("a", true, budget("b", 0)))).orElseThrow();

    assertThat(reason).contains("PodDisruptionBudget search/b", "2 of its pods", "2 have to be");
    assertThat(disruptions.wanted()).isEmpty();
  }

  @Test
  void givenABudgetThatAllowsOne_thenTheSecondPodHasToWait() {
    var budget = budget("b", 1);
    disruptions.take(List.of(pod("a", true, budget)));

    assertThat(disruptions.obstacle(List.of(pod("b", true, budget)))).isPresent();
  }

  @Test
  void givenPodsThatCanOnlyGoTogether_thenTheBudgetHasToAllowAllOfThem() {
    var one = budget("b", 1);
    var two = budget("c", 2);

    assertThat(disruptions.obstacle(List.of(pod("a", true, one), pod("b", true, one)))).isPresent();
    assertThat(disruptions.obstacle(List.of(pod("a", true, two), pod("b", true, two)))).isEmpty();
  }

  @Test
  void givenTwoBudgetsOfOnePod_thenBothHaveToAllowIt() {
    var pod = pod("a", true, budget("b", 1), budget("c", 0));

    assertThat(disruptions.obstacle(List.of(pod)).orElseThrow()).contains("search/c");
  }

  @Test
  void givenAPodThatIsNotReady_thenItCostsNothing() {
    var pod = pod("a", false, budget("b", 0));

    assertThat(disruptions.obstacle(List.of(pod))).isEmpty();
    assertThat(disruptions.take(List.of(pod))).isEmpty();
  }

  /** They may all be ready again when they obey. */
  @Test
  void givenPodsThatAreNotReady_thenNoMoreGoThanCouldIfAllWere() {
    var budget = budget("b", 0);
    disruptions.take(List.of(pod("a", false, budget)));

    assertThat(disruptions.obstacle(List.of(pod("b", false, budget))).orElse(""))
        .contains("search/b", "out by order");
  }

  @Test
  void givenPodsThatGoTogether_thenTheBudgetHasRoomForAllOfThemOrNone() {
    var one = budget("b", 0);
    var two = new DisruptionBudget("search/c", 0, 1, 1, 3, Set.of());

    assertThat(disruptions.obstacle(List.of(pod("a", false, one), pod("b", false, one))))
        .isPresent();
    assertThat(disruptions.obstacle(List.of(pod("a", false, two), pod("b", false, two)))).isEmpty();
  }

  /** Else they would ask, be noted, be refused and be forgotten for ever. */
  @Test
  void givenTheHealthyAmongThemAreNoted_thenTheOthersDoNotStandInTheirOwnWay() {
    var noted = new DisruptionBudget("search/b", 0, 1, 1, 3, Set.of("a"));
    var healthy = pod("a", true, noted);
    var broken = pod("b", false, noted);
    disruptions.keep(List.of(broken));

    assertThat(disruptions.obstacle(List.of(healthy, broken))).isEmpty();
    assertThat(disruptions.take(List.of(healthy, broken))).isEmpty();
  }

  @Test
  void givenBudgetsThatAreNotKnown_thenNobodyGoes() {
    assertThat(disruptions.obstacle(List.of(unknown("a"))).orElseThrow())
        .contains("namespace search", "not known");
  }
}
