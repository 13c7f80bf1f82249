package io.hydra.appman.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.FakeNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApplicationMonitorTest {
  private static final ReleaseSet RELEASE = FakeNode.release(1);
  private static final ApplicationView WELL =
      new ApplicationView(true, true, true, Optional.of(RELEASE.contents()), Optional.empty());
  private static final ApplicationView TIMED_OUT =
      new ApplicationView(false, true, false, Optional.empty(), Optional.of("no answer"));
  private static final ApplicationView REFUSED =
      new ApplicationView(false, false, false, Optional.empty(), Optional.of("nothing listens"));
  private static final ApplicationView SAYS_NO =
      new ApplicationView(
          true, true, false, Optional.of(RELEASE.contents()), Optional.of("HTTP status 503"));

  private final Script application = new Script();
  private final AtomicInteger told = new AtomicInteger();
  private final ApplicationMonitor monitor =
      new ApplicationMonitor(application, told::incrementAndGet);

  /** An application that is as it was set. */
  private static final class Script implements ApplicationMonitor.Source {
    private ApplicationView next = WELL;

    @Override
    public ApplicationView look() {
      return next;
    }

    @Override
    public boolean tellsWhatIsLoaded() {
      return true;
    }
  }

  private void polled(ApplicationView... views) throws InterruptedException {
    for (var view : views) {
      application.next = view;
      monitor.poll();
    }
  }

  static List<ApplicationView> silences() {
    return List.of(TIMED_OUT, REFUSED);
  }

  @ParameterizedTest
  @MethodSource("silences")
  void givenTwoSilencesInARow_thenItStillServes(ApplicationView silence) throws Exception {
    polled(WELL);
    told.set(0);

    polled(silence, silence);

    assertThat(monitor.confirms(RELEASE)).isTrue();
    assertThat(told).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("silences")
  void givenThreeSilencesInARow_thenItIsBroken(ApplicationView silence) throws Exception {
    polled(WELL, silence, silence, silence);

    assertThat(monitor.confirms(RELEASE)).isFalse();
    assertThat(monitor.view()).isEqualTo(silence);
  }

  @Test
  void givenSilencesOfTwoKinds_thenTheyCountTogether() throws Exception {
    polled(WELL, TIMED_OUT, REFUSED, TIMED_OUT);

    assertThat(monitor.confirms(RELEASE)).isFalse();
  }

  @Test
  void givenAnAnswerInBetween_thenTheCountBeginsAnew() throws Exception {
    polled(WELL, TIMED_OUT, TIMED_OUT, WELL, TIMED_OUT, TIMED_OUT);

    assertThat(monitor.confirms(RELEASE)).isTrue();
  }

  @Test
  void givenAnAnswerThatSaysNo_thenItIsBrokenAtOnce() throws Exception {
    polled(WELL, SAYS_NO);

    assertThat(monitor.confirms(RELEASE)).isFalse();
  }

  @Test
  void givenItSaidNo_thenSilenceDoesNotMakeItWell() throws Exception {
    polled(WELL, TIMED_OUT, SAYS_NO, TIMED_OUT);

    assertThat(monitor.confirms(RELEASE)).isFalse();
  }

  @Test
  void givenItWasNeverWell_thenASilenceIsBelieved() throws Exception {
    polled(REFUSED);

    assertThat(monitor.view()).isEqualTo(REFUSED);
  }

  @Test
  void givenAnAnswerThatDecides_thenASilenceIsBelievedAtOnce() throws Exception {
    polled(WELL);

    application.next = TIMED_OUT;
    monitor.refresh();

    assertThat(monitor.confirms(RELEASE)).isFalse();
  }

  @Test
  void givenItWasGoneForAMoment_thenItIsKnownToHaveComeBack() throws Exception {
    polled(WELL, REFUSED, WELL);

    assertThat(monitor.cameBack()).isTrue();
    assertThat(monitor.confirms(RELEASE)).isTrue();
  }
}
