package io.hydra.manager.kubernetes;

import static io.hydra.manager.kubernetes.Objects.budget;
import static io.hydra.manager.kubernetes.Objects.budgetJson;
import static io.hydra.manager.kubernetes.Objects.endingPod;
import static io.hydra.manager.kubernetes.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.apiserver.AnsweringServer.Asked;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.reconcile.FakeClock;
import io.hydra.model.ChannelId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API server that answers what the test says. */
class NoteKeeperTest {
  private static final ChannelId CHANNEL = ChannelId.parse(Objects.CHANNEL);
  private static final String ALL = "{}";
  private static final String NOTED = "\"a\":\"2026-11-08T09:00:00Z\"";

  private final FakeClock clock = new FakeClock();
  private final AnsweringServer server;
  private final Surroundings surroundings = new Surroundings();
  private final NoteKeeper keeper;
  private final Evictions evictions;

  NoteKeeperTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    clock.pass(Duration.ofMillis(900));
    keeper = new NoteKeeper(new Notes(server.client(), surroundings, clock), clock);
    evictions = new Evictions(server.client(), keeper);
    surroundings.put(pod("a", "x", true));
    surroundings.budgetsListed("search");
    surroundings.putBudget(budget(7, ALL, 1, ""));
  }

  @AfterEach
  void end() {
    keeper.stop();
    server.close();
  }

  private void want() {
    keeper.want(CHANNEL, surroundings.podsOf(CHANNEL), surroundings.podsOf(CHANNEL));
  }

  private void wantNothing() {
    keeper.want(CHANNEL, List.of(), surroundings.podsOf(CHANNEL));
  }

  private void answer(int status, String body) {
    server.answering(asked -> new Answer(status, body));
  }

  private List<String> bodies() {
    return server.asked().stream().map(Asked::body).toList();
  }

  private void awaitCalls(int count) {
    await().until(() -> server.asked().size() >= count);
  }

  private boolean isNoted() {
    return surroundings
        .podsOf(CHANNEL)
        .getFirst()
        .budgets()
        .orElseThrow()
        .getFirst()
        .noted()
        .contains("a");
  }

  private SeenPod seen() {
    return SeenPod.of(pod("a", "x", true)).orElseThrow();
  }

  @Test
  void givenAPodThatShallMove_thenTheBudgetTakesItOnlyInTheVersionThatWasSeen() {
    answer(200, budgetJson(8, ALL, 0, NOTED));
    want();

    await().until(this::isNoted);
    assertThat(server.asked().getFirst().path())
        .isEqualTo("/apis/policy/v1/namespaces/search/poddisruptionbudgets/pdb/status");
    assertThat(bodies())
        .containsExactly(
            "{\"metadata\":{\"resourceVersion\":\"7\"},\"status\":{\"disruptionsAllowed\":0,"
                + "\"disruptedPods\":{\"a\":\"2026-11-08T09:00:00Z\"}}}");
  }

  @Test
  void givenSomebodyWasFaster_thenItIsTriedAgainWithWhatIsSeenThen() {
    answer(409, "{\"message\":\"modified\"}");
    want();
    awaitCalls(1);
    surroundings.putBudget(budget(9, ALL, 0, "\"b\":\"2026-11-08T09:00:00Z\""));
    int before = server.asked().size();
    want();
    surroundings.putBudget(budget(10, ALL, 1, ""));
    want();

    awaitCalls(before + 1);
    assertThat(bodies().getLast()).contains("\"10\"", "\"disruptionsAllowed\":0");
    assertThat(isNoted()).isFalse();
  }

  @Test
  void givenThePodIsBack_thenTheNoteIsTakenBackAndTheClusterCounts() {
    answer(200, budgetJson(8, ALL, 0, NOTED));
    want();
    await().until(this::isNoted);

    answer(200, budgetJson(9, ALL, 0, ""));
    wantNothing();

    await().until(() -> !isNoted());
    assertThat(bodies().getLast())
        .isEqualTo(
            "{\"metadata\":{\"resourceVersion\":\"8\"},\"status\":{\"disruptedPods\":{\"a\":null}}}");
  }

  @Test
  void givenANoteOfSomebodyElseForAPodThatNobodyMoves_thenItIsLeftAlone() {
    surroundings.putBudget(budget(8, ALL, 0, NOTED));
    wantNothing();
    // Something to wait for, which comes after whatever the above has caused.
    surroundings.putBudget(budget(9, ALL, 1, ""));
    answer(200, budgetJson(10, ALL, 0, NOTED));
    want();

    awaitCalls(1);
    assertThat(bodies().getFirst()).contains("\"9\"");
  }

  /** Of a manager that ended meanwhile, say: the cluster would believe it for two minutes. */
  @Test
  void givenSuchANoteWhosePodStaysAsItIs_thenItIsTakenBack() {
    surroundings.putBudget(budget(8, ALL, 0, NOTED));
    answer(200, budgetJson(9, ALL, 1, ""));
    wantNothing();
    clock.pass(Duration.ofSeconds(16));
    wantNothing();

    await().until(() -> !isNoted());
    assertThat(bodies())
        .containsExactly(
            "{\"metadata\":{\"resourceVersion\":\"8\"},\"status\":{\"disruptedPods\":{\"a\":null}}}");
  }

  @Test
  void givenSuchANoteWhosePodIsBeingDeleted_thenItIsLeftAlone() {
    surroundings.put(endingPod("a", "x"));
    surroundings.putBudget(budget(8, ALL, 0, NOTED));
    wantNothing();
    clock.pass(Duration.ofSeconds(16));
    wantNothing();
    surroundings.put(pod("b", "x", true));
    answer(200, budgetJson(10, ALL, 0, NOTED));
    surroundings.putBudget(budget(9, ALL, 1, NOTED));
    want();

    awaitCalls(1);
    assertThat(bodies().getFirst()).contains("\"b\"");
  }

  @Test
  void givenANoteOfAManagerBeforeThisOne_thenItIsRenewedAndTakenBackInTheEnd() {
    surroundings.putBudget(budget(8, ALL, 0, NOTED));
    answer(200, budgetJson(9, ALL, 0, NOTED));
    want();
    awaitCalls(1);
    assertThat(bodies().getFirst())
        .isEqualTo(
            "{\"metadata\":{\"resourceVersion\":\"8\"},\"status\":{\"disruptedPods\":"
                + "{\"a\":\"2026-11-08T09:00:00Z\"}}}");

    answer(200, budgetJson(10, ALL, 0, ""));
    wantNothing();
    await().until(() -> !isNoted());
  }

  @Test
  void givenAnEviction_thenWhatWasTakenForThePodIsFreeForIt() {
    answer(200, budgetJson(8, ALL, 0, NOTED));
    want();
    await().until(this::isNoted);
    answer(201, budgetJson(9, ALL, 1, ""));

    evictions.evict(seen(), List.of());

    assertThat(bodies().get(1)).contains("\"disruptionsAllowed\":1", "\"a\":null");
    assertThat(server.asked().getLast().path())
        .isEqualTo("/api/v1/namespaces/search/pods/a/eviction");
    assertThat(bodies().getLast()).contains("\"Eviction\"", "\"uid\":\"uid-a\"");
  }

  @Test
  void givenABudgetThatRefusesAnEviction_thenTheRefusalNamesIt() {
    answer(429, "{\"message\":\"Cannot evict pod\"}");
    var budgets = surroundings.budgetsOf(seen());

    assertThatThrownBy(() -> evictions.evict(seen(), budgets))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.DISRUPTION_REFUSED);
              assertThat(refusal.detail()).contains("search/a", "search/pdb");
            });
  }

  @Test
  void givenAPodThatIsGone_thenThereIsNothingToEvict() {
    answer(404, "{\"message\":\"not found\"}");

    evictions.evict(seen(), List.of());

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void givenAPodThatEnded_thenItsNoteIsNobodysAnyMore() {
    answer(200, budgetJson(8, ALL, 0, NOTED));
    want();
    await().until(this::isNoted);

    keeper.forget(new Name(Optional.of("search"), "a"));
    wantNothing();
    surroundings.putBudget(budget(9, ALL, 1, ""));
    answer(200, budgetJson(10, ALL, 0, NOTED));
    want();

    awaitCalls(2);
    assertThat(bodies().get(1)).contains("\"9\"", "2026-11-08T09:00:00Z");
  }
}
