package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.AppManProcess;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AppMan is killed in the middle of a move and started again; nothing else happens. */
class KilledAppManIT extends AppManIT {
  private final AtomicBoolean struck = new AtomicBoolean();

  /** When it is killed. */
  enum Moment {
    ORDER_ANSWERED,
    DRAINING_REPORTED,
    IN_FLIGHT_ASKED,
    DRAINING_NOTED,
    RELOADING_NOTED,
    CURRENT_SWITCHED,
    LOAD_CALLED,
    LOADED_BEFORE_THE_ANSWER,
    CONFIRMATION_ASKED,
    SERVING_NOTED,
    SERVING_REPORTED
  }

  @BeforeEach
  void hooks() {
    withHttpHooks();
  }

  @ParameterizedTest
  @EnumSource
  void givenAKillAtAnyMomentOfAMove_thenTheNextAppManEndsItAndNeverReloadsInTraffic(Moment moment)
      throws IOException {
    var first = startServing(ONE);
    node.bring(TWO);
    strikeAt(moment, first);

    manager.grant(TWO);
    awaitThat(
        "killed",
        () -> {
          strikeOnFiles(moment, first);
          return struck.get();
        });
    assertThat(first.endsWithin(Duration.ofSeconds(10))).isTrue();
    int before = manager.reports().size();
    start();
    awaitThat("heard again", () -> manager.reports().size() > before);
    awaitServing(TWO);

    assertThat(application.violations()).isEmpty();
    assertThat(application.loaded().values())
        .containsExactlyInAnyOrderElementsOf(
            TWO.contents().values().stream().map(Object::toString).toList());
    assertCurrentLeadsTo(TWO);
  }

  private void strikeAt(Moment moment, AppManProcess appMan) {
    manager.onOrder(
        order -> {
          if (order.grant().filter(grant -> grant.release().equals(TWO.ref())).isPresent()) {
            strikeIf(moment == Moment.ORDER_ANSWERED, appMan);
          }
        });
    manager.onReport(
        report -> {
          strikeIf(
              moment == Moment.DRAINING_REPORTED && report.state() == InstanceState.DRAINING,
              appMan);
          strikeIf(moment == Moment.SERVING_REPORTED && serves(report, TWO), appMan);
        });
    application.onEvent(
        event -> {
          boolean late = application.calls().size() > 1;
          strikeIf(moment == Moment.IN_FLIGHT_ASKED && event.equals("ask-in-flight"), appMan);
          strikeIf(moment == Moment.LOAD_CALLED && event.equals("load"), appMan);
          if (moment == Moment.RELOADING_NOTED && event.equals("load")) {
            // Otherwise the note may be gone again before anyone has looked.
            awaitThat("killed on the note", struck::get);
          }
          strikeIf(moment == Moment.LOADED_BEFORE_THE_ANSWER && event.equals("loaded"), appMan);
          strikeIf(
              moment == Moment.CONFIRMATION_ASKED && late && event.equals("ask-loaded"), appMan);
        });
  }

  private void strikeOnFiles(Moment moment, AppManProcess appMan) {
    strikeIf(moment == Moment.DRAINING_NOTED && noted("DRAINING"), appMan);
    strikeIf(moment == Moment.RELOADING_NOTED && noted("RELOADING"), appMan);
    strikeIf(moment == Moment.CURRENT_SWITCHED && currentLeadsToTwo(), appMan);
    strikeIf(moment == Moment.SERVING_NOTED && currentLeadsToTwo() && noted("SERVING"), appMan);
  }

  private void strikeIf(boolean now, AppManProcess appMan) {
    if (now && struck.compareAndSet(false, true)) {
      appMan.kill();
    }
  }

  private static boolean serves(InstanceReport report, ReleaseSet release) {
    return report.state() == InstanceState.SERVING
        && report.serving().equals(Optional.of(release.ref()));
  }

  private boolean noted(String state) {
    try {
      return Files.readString(dir().resolve("state.json"))
          .contains("\"state\" : \"" + state + "\"");
    } catch (IOException replacedMeanwhile) {
      return false;
    }
  }

  private boolean currentLeadsToTwo() {
    try {
      return Files.readSymbolicLink(dir().resolve("current"))
          .toString()
          .contains(TWO.ref().version().value());
    } catch (IOException replacedMeanwhile) {
      return false;
    }
  }
}
