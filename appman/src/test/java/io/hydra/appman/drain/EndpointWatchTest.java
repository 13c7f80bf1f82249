package io.hydra.appman.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.api.InstancesApi;
import io.hydra.appman.support.MutableClock;
import io.hydra.appman.target.ManagerConnection;
import io.hydra.appman.target.Standing;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import io.hydra.tls.ClientTls;
import io.hydra.wire.EndpointState;
import io.hydra.wire.EndpointView;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointWatchTest {
  private final MutableClock clock = new MutableClock();
  private final Manager manager = new Manager();
  private final EndpointWatch watch =
      new EndpointWatch(
          new InstanceId("searcher-1"),
          new ManagerConnection(
              manager,
              manager,
              new ClientTls(Optional.empty(), Optional.empty(), Optional.empty()),
              new Standing()),
          () -> {},
          clock,
          clock);
  private final Instant unready = clock.instant();

  /** Says of endpoints what the test says, and nothing else. */
  private static final class Manager implements InstancesApi {
    Optional<EndpointState> state = Optional.empty();

    @Override
    public EndpointView endpoint(String instance, Optional<EndpointState> unless, String wait) {
      return new EndpointView(
          state.orElseThrow(() -> new HydraException(ErrorCode.NOT_FOUND, "an older manager")));
    }

    @Override
    public Page<InstanceView> list(Optional<String> channel, Optional<String> cursor, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InstanceView get(String instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InstanceView put(String instance, InstanceRegistration registration) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String instance, boolean force) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void report(String instance, InstanceReport report) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InstanceDesired desired(String instance, long since, String wait) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void evict(String instance) {
      throw new UnsupportedOperationException();
    }
  }

  private void look(EndpointState state) throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    manager.state = Optional.of(state);
    assertThat(watch.look(unready)).isEqualTo(state);
  }

  private void lookInVain() throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    manager.state = Optional.empty();
    assertThat(watch.look(unready)).isEqualTo(EndpointState.UNKNOWN);
  }

  @Test
  void givenNobodyHasLookedYet_thenTrafficIsNotTakenForGone() throws Exception {
    assertThat(watch.goneSince(unready)).isEmpty();

    look(EndpointState.NOT_READY);

    assertThat(watch.goneSince(unready)).contains(unready.plusSeconds(1));
    assertThat(watch.goneSince(unready.plusSeconds(9))).as("another drain").isEmpty();
  }

  @Test
  void givenTraffic_thenItIsGoneFromWhenItIsSeenGone() throws Exception {
    look(EndpointState.READY);
    assertThat(watch.goneSince(unready)).isEmpty();

    look(EndpointState.NOT_READY);
    look(EndpointState.NOT_READY);

    assertThat(watch.goneSince(unready)).contains(unready.plusSeconds(2));
  }

  @Test
  void givenTrafficThatComesBack_thenTheTimeBeginsAnew() throws Exception {
    look(EndpointState.NOT_READY);
    look(EndpointState.READY);
    assertThat(watch.goneSince(unready)).isEmpty();

    look(EndpointState.NOT_READY);

    assertThat(watch.goneSince(unready)).contains(unready.plusSeconds(3));
  }

  @Test
  void givenAManagerThatDoesNotKnow_thenReadinessHasToDo() throws Exception {
    look(EndpointState.UNKNOWN);

    assertThat(watch.goneSince(unready)).contains(unready);
  }

  @Test
  void givenAManagerThatHasNoSuchCall_thenReadinessHasToDo() throws Exception {
    lookInVain();

    assertThat(watch.goneSince(unready)).contains(unready);
  }

  @Test
  void givenAManagerThatIsLostWhileThereIsTraffic_thenTheTimeBeginsThere() throws Exception {
    look(EndpointState.READY);
    lookInVain();

    assertThat(watch.goneSince(unready)).contains(unready.plusSeconds(2));
  }

  @Test
  void givenAManagerThatIsLostAfterTrafficWasGone_thenThatHolds() throws Exception {
    look(EndpointState.NOT_READY);
    lookInVain();

    assertThat(watch.goneSince(unready)).contains(unready.plusSeconds(1));
  }
}
