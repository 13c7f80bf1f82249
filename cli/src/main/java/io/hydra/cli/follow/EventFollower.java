package io.hydra.cli.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.client.EventsApi;
import io.hydra.cli.client.Manager;
import io.hydra.cli.client.Pause;
import io.hydra.cli.document.Documents;
import io.hydra.error.HydraException;
import io.hydra.wire.ChannelEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads a manager's events for as long as the process lives. A stream that ends or breaks off is
 * asked for again, from where it was.
 */
public final class EventFollower {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Manager manager;
  private final BiFunction<EventsApi, Optional<String>, InputStream> question;
  private final Pause pause;
  private final EventDisplay display;
  private Optional<String> lastId;
  private Duration nextPause = FIRST_PAUSE;
  private boolean connected;

  /**
   * @param question asks for the events after an id
   * @param since the last event that is known; empty to begin now
   */
  public EventFollower(
      Manager manager,
      BiFunction<EventsApi, Optional<String>, InputStream> question,
      Optional<String> since,
      Pause pause,
      EventDisplay display) {
    this.manager = manager;
    this.question = question;
    this.lastId = since;
    this.pause = pause;
    this.display = display;
  }

  /**
   * Does not return.
   *
   * @throws HydraException when the manager refuses for good, or at the first time
   * @throws CliFailure when no manager answers at the first time
   */
  public void follow() {
    while (true) {
      try {
        read();
      } catch (IOException brokenOff) {
        Interruption.haltIfEnding();
        display.unreachable("the events broke off");
      } catch (RuntimeException failed) {
        var reason = reasonToAskAgain(failed, connected);
        Interruption.haltIfEnding();
        display.unreachable(reason);
      }
      pause.of(nextPause);
      var longer = nextPause.multipliedBy(2);
      nextPause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  private void read() throws IOException {
    var from = lastId;
    try (var events = new EventReader(manager.events(api -> question.apply(api, from)), from)) {
      connected = true;
      try {
        for (var data = events.next(); data.isPresent(); data = events.next()) {
          lastId = events.lastId();
          nextPause = FIRST_PAUSE;
          show(data.get(), from.isPresent());
        }
      } finally {
        lastId = events.lastId();
      }
    }
  }

  /** What a newer manager tells may be of a kind that is not known here. */
  private void show(String data, boolean isResumed) {
    Optional<ChannelEvent> event;
    try {
      event = Optional.of(Documents.readJson(data, new TypeReference<ChannelEvent>() {}));
    } catch (JsonProcessingException unknown) {
      event = Optional.empty();
    }
    display.show(data, event, isResumed);
  }

  /** Throws what will not pass. */
  private static String reasonToAskAgain(RuntimeException failed, boolean connected) {
    return switch (failed) {
      case CliFailure local when connected && local.exitCode() == ExitCode.UNREACHABLE ->
          local.detail();
      case HydraException refused when connected && refused.code().retryable() -> refused.detail();
      default -> throw failed;
    };
  }
}
