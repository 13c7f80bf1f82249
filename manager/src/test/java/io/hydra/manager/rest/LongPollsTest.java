package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.discovery.Roster;
import io.hydra.manager.reconcile.DesiredBoard;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongPollsTest {
  private static final long EPOCH = 7;

  /** What a method answers of which nobody wants an answer. */
  private static final Object ITSELF = new Object();

  private final Board board = new Board();
  private final Patience patience = new Patience();
  private final Timers timers = new Timers();
  private final LongPolls polls = new LongPolls(board, patience, timers.vertx());

  @ParameterizedTest
  @ValueSource(strings = {"node", "instance"})
  void givenNothingNewer_whenAsked_thenHeldWithoutAThread(String agent) {
    var call = new Call(agent, "7", "30s");

    polls.filter(call.request());

    assertThat(call.isHeld()).isTrue();
    assertThat(board.listeners).hasSize(1);
    assertThat(timers.waits()).containsExactly(30_000L);
    assertThat(patience.left("30s")).isEqualTo(Duration.ZERO);
  }

  @Test
  void givenOneHeld_whenNewsComes_thenAnsweredAndNothingIsLeft() {
    var call = new Call("node", "7", "30s");
    polls.filter(call.request());

    board.tell();

    assertAnsweredOnce(call);
  }

  @Test
  void givenOneHeld_whenItsWaitEnds_thenAnsweredAndNothingIsLeft() {
    var call = new Call("node", "7", "30s");
    polls.filter(call.request());

    timers.fire();

    assertAnsweredOnce(call);
  }

  /** On the planner's thread, while the call still begins. */
  @Test
  void givenNewsBeforeItIsLaidAside_thenAnsweredAsSoonAsItIs() {
    var call = new Call("node", "7", "30s");
    call.whenSuspended = board::tell;

    polls.filter(call.request());

    assertAnsweredOnce(call);
  }

  @Test
  void givenNewsAsItsWaitEnds_thenAnsweredOnce() {
    var call = new Call("node", "7", "30s");
    polls.filter(call.request());
    var late = List.copyOf(board.listeners);

    timers.fire();
    late.forEach(Runnable::run);

    assertAnsweredOnce(call);
  }

  @Test
  void givenOneHeld_whenItsCallerGoesAway_thenNothingIsLeft() {
    var call = new Call("node", "7", "30s");
    polls.filter(call.request());

    call.goAway();

    assertAnsweredOnce(call);
  }

  /** Then nobody tells of it any more. */
  @Test
  void givenACallerThatGoesAwayBeforeItIsLaidAside_thenNothingIsLeft() {
    var call = new Call("node", "7", "30s");
    call.whenSuspended = call::goAway;

    polls.filter(call.request());

    assertAnsweredOnce(call);
  }

  @ParameterizedTest
  @CsvSource({
    "node,     6,    30s",
    "instance, 6,    30s",
    "node,     7,    0s",
    "node,     soon, 30s",
    // A channel of this name.
    "name,     7,    30s"
  })
  void givenNothingToWaitFor_whenAsked_thenNotHeld(String parameter, String since, String wait) {
    var call = new Call(parameter, since, wait);

    polls.filter(call.request());

    assertThat(call.isHeld()).isFalse();
    assertThat(board.listeners).isEmpty();
    assertThat(timers.waits()).isEmpty();
    assertThat(patience.left("5s")).isEqualTo(Duration.ofSeconds(5));
  }

  private void assertAnsweredOnce(Call call) {
    assertThat(call.resumed).isEqualTo(1);
    assertThat(board.listeners).isEmpty();
    assertThat(timers.waits()).isEmpty();
    board.tell();
    call.goAway();
    assertThat(call.resumed).isEqualTo(1);
  }

  /** Whose newest orders are of the one epoch, until it tells of more. */
  private static final class Board extends DesiredBoard {
    final List<Runnable> listeners = new ArrayList<>();

    Board() {
      super(new Roster());
    }

    @Override
    public Optional<Runnable> onNews(NodeName name, long since, Runnable listener) {
      return onNews(since, listener);
    }

    @Override
    public Optional<Runnable> onNews(InstanceId id, long since, Runnable listener) {
      return onNews(since, listener);
    }

    private Optional<Runnable> onNews(long since, Runnable listener) {
      if (since < EPOCH) {
        return Optional.empty();
      }
      listeners.add(listener);
      return Optional.of(() -> listeners.remove(listener));
    }

    void tell() {
      var due = List.copyOf(listeners);
      listeners.clear();
      due.forEach(Runnable::run);
    }
  }

  /** Of Vert.x, which go off when the test says so. */
  private static final class Timers {
    private record Timer(long millis, Handler<Long> handler) {}

    private final Map<Long, Timer> running = new HashMap<>();
    private long last;

    Instance<Vertx> vertx() {
      var vertx =
          only(
              Vertx.class,
              Map.of(
                  "setTimer", arguments -> set(arguments),
                  "cancelTimer", arguments -> running.remove(arguments.getFirst()) != null));
      return only(Instance.class, Map.of("get", _ -> vertx));
    }

    @SuppressWarnings("unchecked")
    private long set(List<?> arguments) {
      var timer = new Timer((Long) arguments.get(0), (Handler<Long>) arguments.get(1));
      running.put(++last, timer);
      return last;
    }

    List<Long> waits() {
      return running.values().stream().map(Timer::millis).toList();
    }

    void fire() {
      var due = Map.copyOf(running);
      running.clear();
      due.forEach((id, timer) -> timer.handler().handle(id));
    }
  }

  private static final class Call {
    private final String parameter;
    private final String since;
    private final String wait;
    private final List<Runnable> closeHandlers = new ArrayList<>();
    private boolean suspended;
    private boolean closed;
    Runnable whenSuspended = () -> {};
    int resumed;

    /**
     * @param parameter that the path has
     */
    Call(String parameter, String since, String wait) {
      this.parameter = parameter;
      this.since = since;
      this.wait = wait;
    }

    boolean isHeld() {
      return suspended && resumed == 0;
    }

    void goAway() {
      closed = true;
      closeHandlers.forEach(Runnable::run);
    }

    ResteasyReactiveContainerRequestContext request() {
      return only(
          ResteasyReactiveContainerRequestContext.class,
          Map.of(
              "getUriInfo", _ -> uri(),
              "getServerRequestContext", _ -> context(),
              "suspend", _ -> suspend(),
              "resume", _ -> resume()));
    }

    private Object suspend() {
      suspended = true;
      whenSuspended.run();
      return ITSELF;
    }

    private Object resume() {
      assertThat(suspended).isTrue();
      resumed++;
      return ITSELF;
    }

    private UriInfo uri() {
      var query = new MultivaluedHashMap<>(Map.of("since", since, "wait", wait));
      return only(
          UriInfo.class,
          Map.of(
              "getPath", _ -> "/api/v1/things/x/desired",
              "getPathParameters", _ -> new MultivaluedHashMap<>(Map.of(parameter, "x")),
              "getQueryParameters", _ -> query));
    }

    private ServerRequestContext context() {
      var response =
          only(
              ServerHttpResponse.class,
              Map.of(
                  "closed", _ -> closed,
                  "addCloseHandler",
                      arguments -> {
                        // After the close, nobody is called.
                        if (!closed) {
                          closeHandlers.add((Runnable) arguments.getFirst());
                        }
                        return ITSELF;
                      }));
      return only(ServerRequestContext.class, Map.of("serverResponse", _ -> response));
    }
  }

  /** Has these methods; any other fails the test. */
  @SuppressWarnings("unchecked")
  private static <T> T only(Class<? super T> type, Map<String, Function<List<?>, ?>> methods) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              var answer =
                  Optional.ofNullable(methods.get(method.getName()))
                      .orElseThrow(() -> new UnsupportedOperationException(method.toString()))
                      .apply(arguments == null ? List.of() : List.of(arguments));
              return answer == ITSELF ? self : answer;
            });
  }
}
